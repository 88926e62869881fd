import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../src-main/lib/clock.ts';
import { within } from '../../../src-main/lib/within.ts';
import type { EventMaker } from '../../load/event-maker.ts';
import type { LoadTarget } from '../../load/load-target.ts';

/** One way by which events reach a host, as fast as they are taken. */
export interface EventLane {
  readonly title: string;
  readonly target: Pick<LoadTarget, 'send'>;
  readonly maker: Pick<EventMaker, 'next'>;
  /** Events in one request. */
  readonly batch: number;
  /** Requests that wait for their answers at once. */
  readonly atOnce: number;
  /** Whether there is something to be sent now; left out: always. */
  readonly mayGo?: () => boolean;
}

/** What a lane came to. */
export interface LaneFigures {
  readonly title: string;
  readonly requests: number;
  /** Whether it came to more than a second request of each sender: no other way in may keep it waiting. */
  readonly goesOn: boolean;
  /** Answers that there was no room: those requests were sent again. */
  readonly refused: number;
}

/** One event alone that is not valid is answered, too: it is listed in rejects. */
const SETTLED = new Set(['202', '400', 'ok', 'invalid_event', 'stored']);
const NO_ROOM = new Set(['429', 'busy']);
const LOOK_AGAIN_MS = 20;
/** A request without an answer for so long was forgotten. */
const PATIENCE_MS = 60_000;

/**
 * Sends events until `isOver`, each request again until it is taken: everything that was made is then received once.
 * Rejects when a request gets another answer.
 */
export async function driveLane(
  { title, target, maker, batch, atOnce, mayGo = () => true }: EventLane,
  isOver: () => boolean,
  signal: AbortSignal,
): Promise<LaneFigures> {
  const forgotten = `${title}: a request was not answered within ${PATIENCE_MS / 1000} s`;
  let requests = 0;
  let refused = 0;

  async function deliver(events: readonly string[]): Promise<void> {
    for (;;) {
      const answer = await within(systemClock, PATIENCE_MS, target.send(events), forgotten);
      if (SETTLED.has(answer.kind)) break;
      if (!NO_ROOM.has(answer.kind)) throw new Error(`${title}: answered ${answer.kind}`);
      refused += 1;
      await sleep(LOOK_AGAIN_MS, undefined, { signal });
    }
    requests += 1;
  }

  async function sender(): Promise<void> {
    while (!isOver()) {
      signal.throwIfAborted();
      if (mayGo()) await deliver(Array.from({ length: batch }, () => maker.next()));
      else await sleep(LOOK_AGAIN_MS, undefined, { signal });
    }
  }

  await Promise.all(Array.from({ length: atOnce }, sender));
  return { title, requests, goesOn: requests > 2 * atOnce, refused };
}
