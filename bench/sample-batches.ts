import type { EventBatch } from '../src-contract/journal.ts';
import { EVENT_KINDS } from '../src-contract/event-kinds.ts';

/** Bytes of the body of every sample event: the size of a typical price message. */
export const BODY_BYTES = 118;

/** Batches of `size` price events each with distinct bodies, sequences from 1 on. */
export function sampleBatches(incarnation: number, batches: number, size: number): EventBatch[] {
  return Array.from({ length: batches }, (_, index) => sampleBatch(incarnation, index * size + 1, size));
}

function sampleBatch(incarnation: number, firstSeq: number, size: number): EventBatch {
  const bodies = Buffer.alloc(size * BODY_BYTES);
  const seqs = new Float64Array(size);
  const bodyEnds = new Uint32Array(size);
  for (let index = 0; index < size; index++) {
    const seq = firstSeq + index;
    const body = JSON.stringify({
      symbol: 'AAPL',
      price: 145 + (seq % 1000) / 100,
      change_percent: 0.5,
      seq,
    });
    const padded = `${body.slice(0, -1)},"pad":"`.padEnd(BODY_BYTES - 2, 'x');
    bodies.write(`${padded}"}`, index * BODY_BYTES);
    seqs[index] = seq;
    bodyEnds[index] = (index + 1) * BODY_BYTES;
  }
  return {
    env: 'dev',
    source: 'nats',
    incarnation,
    count: size,
    seqs,
    kinds: new Uint8Array(size).fill(EVENT_KINDS['stock.price_updated']),
    occurredAt: new Float64Array(size).fill(1_700_000_000_000),
    receivedAt: new Float64Array(size).fill(1_700_000_000_000),
    parts: null,
    ids: null,
    redriven: null,
    keys: null,
    bodies: new Uint8Array(bodies),
    bodyEnds,
    rejects: [],
    others: [],
    confirmed: 0,
    follows: firstSeq - 1,
    lastSeq: firstSeq + size - 1,
  };
}
