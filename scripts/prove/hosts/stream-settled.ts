import type { StreamStatus, SystemReport } from '../../../src-contract/system.ts';
import type { Lab } from './lab.ts';
import type { RestClient } from './rest-client.ts';

/** The stream that is read now, if the status shows one. */
export function activeStream(status: SystemReport): StreamStatus | undefined {
  return status.streams.find(({ active, name }) => active && name.startsWith('PULSE_'));
}

/** Waits until everything up to a sequence of the active stream is stored; hands the status over. */
export function storedUpTo(
  lab: Lab,
  host: Pick<RestClient, 'status'>,
  lastSeq: number,
  withinMs: number,
): Promise<SystemReport> {
  return lab.until(`message ${lastSeq} is stored`, withinMs, async () => {
    const status = await host.status();
    const stored = activeStream(status)?.stored_seq ?? 0;
    if (stored === lastSeq) return status;
    throw new Error(`stored up to ${stored}`);
  });
}

/** What is wrong with the ledger: received = stored + repeated + rejected + waiting; null when it adds up. */
export function ledgerFault({ ledger }: SystemReport): string | null {
  const { received, stored, repeated, rejected, waiting } = ledger;
  if (received === stored + repeated + rejected + waiting) return null;
  return `${received} received, but ${stored} stored + ${repeated} repeated + ${rejected} rejected + ${waiting} waiting`;
}
