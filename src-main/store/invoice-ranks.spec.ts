import fc from 'fast-check';
import { expect, it } from 'vitest';
import { INDEXED_SORTS } from '../../src-contract/invoice.ts';
import { openForReading } from './database.ts';
import { environmentId } from './environment-table.ts';
import { InvoiceMirror } from './invoice-mirror.ts';
import { InvoiceRanks } from './invoice-ranks.ts';
import { SORT_SQL } from './invoice-sort.ts';
import { databaseFile } from './prepare-database.ts';
import { Statements } from './statements.ts';
import { invoiceColumns, makeInvoiceCheckpoint, type TestInvoice } from './testing/invoices.ts';
import { makeFolder, openFixture } from './testing/store-fixture.ts';

const rows = fc.array(
  fc.record({
    company: fc.constantFrom('Acme', 'acme', 'ACME b', 'Zed', 'Émile'),
    net: fc.integer({ min: -3, max: 3 }),
    issuedAt: fc.integer({ min: 1, max: 4 }),
    number: fc.nat({ max: 1e9 }),
  }),
  { minLength: 1, maxLength: 12 },
);

function arrived(batch: readonly Omit<TestInvoice, 'number'>[], first: number): TestInvoice[] {
  return batch.map((row, index) => ({ ...row, number: `${String(row.net)}-${first + index}` }));
}

it('puts rows that came later where their index has them, however often', () => {
  fc.assert(
    fc.property(fc.array(rows, { minLength: 1, maxLength: 6 }), (batches) => {
      const { folder, remove } = makeFolder();
      const { writer, close } = openFixture(folder);
      const sql = new Statements(openForReading(databaseFile(folder)));
      let mirror: InvoiceMirror | null = null;
      let ranks: InvoiceRanks | null = null;
      for (const [index, batch] of batches.entries()) {
        const invoices = [invoiceColumns(arrived(batch, index * 100))];
        writer.invoiceCheckpoint(makeInvoiceCheckpoint('prod', index + 1, { arrived: invoices }));
        writer.invoiceCheckpoint(makeInvoiceCheckpoint('dev', index + 1, { arrived: invoices }));
        const env = environmentId(sql, 'dev');
        mirror ??= new InvoiceMirror(env);
        ranks ??= new InvoiceRanks(mirror);
        mirror.catchUp(sql, InvoiceMirror.extentOf(sql, env));
        for (const sort of INDEXED_SORTS) {
          const ids = sql
            .prepared(`SELECT id FROM invoice WHERE env = ? ORDER BY ${SORT_SQL[sort]}, id`)
            .pluck()
            .all(env);
          const { ids: mirrored } = mirror;
          expect([...ranks.of(sql, sort, mirror.count)].map((row) => mirrored[row])).toEqual(ids);
        }
      }
      sql.db.close();
      close();
      remove();
    }),
    { numRuns: 15 },
  );
});
