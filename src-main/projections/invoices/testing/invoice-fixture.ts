import { EVENT_KINDS } from '../../../../src-contract/event-kinds.ts';
import type { InvoiceBody } from '../../../../src-contract/event-bodies.ts';
import type { InvoiceStateRecord } from '../../../../src-contract/invoice-store.ts';
import { journalId, type JournalEvent } from '../../../../src-contract/journal.ts';
import { InvoiceProjection } from '../invoice-projection.ts';
import { InvoiceModel } from './invoice-model.ts';

/** 21 November 2026, 09:30:00 UTC. */
export const START = Date.UTC(2026, 10, 21, 9, 30);

/** A projection of `demo` with USD as its base currency. */
export function invoiceProjection(state: InvoiceStateRecord = new InvoiceModel().state()): InvoiceProjection {
  return new InvoiceProjection({ env: 'demo', state, baseCurrency: () => 'USD' });
}

/** An invoice as it stands in the journal; `seq` names it. A null body is one that did not pass its checks any more. */
export function invoiceEvent(
  seq: number,
  source: string,
  body: Partial<InvoiceBody> | null,
): JournalEvent & { body: InvoiceBody | null } {
  return {
    id: journalId(1, seq),
    kind: EVENT_KINDS['invoice.issued'],
    source,
    occurredAt: START + seq,
    receivedAt: START + seq + 5,
    body: body === null ? null : { number: `A-${seq}`, company: 'Ada Ltd', net: 1, ...body },
  };
}

/** One of the simulator's, of a run. */
export function producedEvent(seq: number, run = 1, generation = 1): JournalEvent {
  return invoiceEvent(seq, 'simulator', { number: `PD-${seq}`, simulated: { run, generation } });
}
