import type { PublishedInvoice } from '../../sources/nats/publish-invoices.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import type { NewInvoice } from './import-pass.ts';
import { IMPORT_FAMILY } from './read-row.ts';

/** Source and stream of imported invoices. What an invoice is known by is its number, so that one stream does for all files. */
const SOURCE = 'import';

/** Stores the invoices of an import as events; resolves when they are in the journal. Answers what others may be told of. */
export async function storeInvoices(
  { hub }: EnvironmentRuntime,
  invoices: readonly NewInvoice[],
  now: number,
): Promise<PublishedInvoice[]> {
  if (invoices.length === 0) return [];
  const stream = await hub.of(SOURCE).openStream({ name: SOURCE, createdAt: 0 });
  const published: PublishedInvoice[] = [];
  for (const { body, figures } of invoices) {
    if (stream.room === 0) await stream.drained();
    const text = JSON.stringify(body);
    stream.offer(IMPORT_FAMILY, stream.offeredSeq + 1, now, Buffer.from(text));
    published.push({ number: figures.number, body: text });
  }
  await stream.drained();
  return published;
}
