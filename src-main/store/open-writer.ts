import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { restoreInvoiceTotals } from './invoice-total-rebuild.ts';
import { prepareDatabase } from './prepare-database.ts';
import { ReserveFile } from './reserve-file.ts';
import { Writer } from './writer.ts';

/**
 * Prepares the database of a data folder and opens the writer on it, with its reserve and all totals in
 * place; `grown` as in {@link WriterOptions}. Throws as `prepareDatabase`.
 */
export function openWriter(
  folder: string,
  clock: Pick<Clock, 'now' | 'monotonic'>,
  log: Log,
  grown?: () => void,
): { writer: Writer; setAside: string | null } {
  const { db, setAside } = prepareDatabase(folder, clock, log);
  restoreInvoiceTotals(db, log);
  const reserve = new ReserveFile(folder);
  if (!reserve.ensure()) log.warn('the disk has no room for the reserve of the database', { folder });
  return { writer: new Writer({ db, reserve, clock, log, grown }), setAside };
}
