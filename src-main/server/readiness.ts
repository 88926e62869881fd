import type { ContractClient } from '../../src-contract/client.ts';

import type { CallResult } from '../../src-contract/channels.ts';
import type { Clock } from '../lib/clock.ts';

/** A part without which the app is not ready, and why it does not answer. */
export interface FailingPart {
  readonly part: 'engine' | 'database';
  readonly reason: string;
}

/** What `/health/ready` says. `degraded`: ready, with something wrong beside it, in words. */
export interface Readiness {
  readonly failing: readonly FailingPart[];
  readonly state: 'ok' | 'degraded';
  readonly degraded: readonly string[];
}

type Report = CallResult<'system.status'>;

/** A part that needs longer counts as failing, in milliseconds. */
const PATIENCE_MS = 2000;

/** Asks the engine for its state, and the database for a row. */
export async function readiness(client: ContractClient, clock: Clock): Promise<Readiness> {
  const [engine, database] = await Promise.all([
    answerOf(clock, () => client.call('system.status', {})),
    answerOf(clock, () => client.call('audit.list', { limit: 1 })),
  ]);
  if ('reason' in engine) return notReady([{ part: 'engine', reason: engine.reason }]);
  const { store, state, degraded }: Report = engine.value;
  const reason = 'reason' in database ? database.reason : store.state === 'ok' ? null : store.detail;
  if (reason !== null) return notReady([{ part: 'database', reason }]);
  return { failing: [], state, degraded };
}

function notReady(failing: FailingPart[]): Readiness {
  return { failing, state: 'degraded', degraded: failing.map(({ part, reason }) => `${part}: ${reason}`) };
}

type Answer<T> = { value: T } | { reason: string };

async function answerOf<T>(clock: Clock, ask: () => Promise<T>): Promise<Answer<T>> {
  const giveUp = new AbortController();
  const late = clock
    .sleep(PATIENCE_MS, giveUp.signal)
    .then(() => ({ reason: `no answer within ${PATIENCE_MS / 1000} s` }));
  const answered = ask().then(
    (value) => ({ value }),
    (error: unknown) => ({ reason: error instanceof Error ? error.message : String(error) }),
  );
  const first = await Promise.race([answered, late.catch(() => ({ reason: 'given up' }))]);
  giveUp.abort();
  return first;
}
