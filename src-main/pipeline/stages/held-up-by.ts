import type { StageId } from '../../../src-contract/analytics.ts';
import type { StagePressure } from './stage-meter.ts';

/** A stage as it is judged. */
export interface JudgedStage extends StagePressure {
  id: StageId;
  /** By how many milliseconds a drill slows each of its batches. */
  slowedMs: number;
  queue: { size: number; limit: number };
  /** Why its work fails again and again; null: it does not. */
  failing: string | null;
}

/** A stage that works all the time is at its limit, which is healthy, unless a batch takes longer than this. */
const SLOW_BATCH_MS = 25;
/** A stage slowed by a drill holds the others up when it works and others wait for at least half of the time … */
const DRILLED = { busy: 0.5, pressed: 0.5 };
/** … and any other when it hardly ever rests, with something always waiting. */
const BY_ITSELF = { busy: 0.8, pressed: 0.9 };

/**
 * Which stage holds the pipeline up, and why in words; null while none does. Stages are given in the order of the flow: of
 * several it is the last, because what is before a stage that does not take more waits for its sake.
 */
export function heldUpBy(stages: readonly JudgedStage[]): { stage: StageId; why: string } | null {
  const last = stages.findLast((stage) => isHeldUp(stage));
  return last === undefined ? null : { stage: last.id, why: why(last) };
}

function isHeldUp(stage: JudgedStage): boolean {
  if (stage.failing !== null) return true;
  const { busy, pressed } = stage.slowedMs > 0 ? DRILLED : BY_ITSELF;
  if (stage.busy < busy || stage.pressed < pressed) return false;
  return stage.slowedMs > 0 || stage.batchMs >= SLOW_BATCH_MS;
}

function why({ failing, slowedMs, batchMs, busy, queue }: JudgedStage): string {
  const waiting = `${count(queue.size)} of ${count(queue.limit)} wait before it`;
  if (failing !== null) return `the store does not take its batches: ${failing}; ${waiting}`;
  if (slowedMs > 0) return `a drill slows each of its batches by ${slowedMs} ms; ${waiting}`;
  return `it takes ${Math.round(batchMs)} ms for a batch and works ${Math.round(busy * 100)} % of the time; ${waiting}`;
}

function count(figure: number): string {
  return figure.toLocaleString('en');
}
