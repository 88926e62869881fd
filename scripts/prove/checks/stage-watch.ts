import type { PipelineState, Stage, StageId } from '../../../src-contract/analytics.ts';

/** What a look at the pipeline shows. */
export interface PipelineLook {
  readonly bottleneck: PipelineState['bottleneck'];
  readonly sources: PipelineState['sources'];
  readonly stages: readonly Stage[];
}

/** Keeps what one look after the other says of a pipeline under pressure. */
export class StageWatch {
  looks = 0;
  /** Queues that were longer than they may be, in words. */
  readonly overfull: string[] = [];
  #slowed: { stage: StageId; at: number } | null = null;
  readonly #namedAfter = new Map<StageId, number>();

  /** From now on this stage is slowed; monotonic milliseconds. */
  slowed(stage: StageId, at: number): void {
    this.#slowed = { stage, at };
  }

  /** Nothing is slowed any more. */
  lifted(): void {
    this.#slowed = null;
  }

  /** After how many milliseconds a slowed stage was named; Infinity: it was not. */
  namedAfter(stage: StageId): number {
    return this.#namedAfter.get(stage) ?? Infinity;
  }

  /** Takes a look in, at a moment in monotonic milliseconds. */
  take({ bottleneck, sources, stages }: PipelineLook, at: number): void {
    this.looks += 1;
    for (const { id, queue } of stages) {
      const most = Math.max(queue.size, queue.high_water);
      if (most > queue.limit) this.overfull.push(`before ${id}: ${most} of ${queue.limit}`);
    }
    for (const { id, waiting, limit } of sources) {
      if (waiting > limit) this.overfull.push(`of ${id}: ${waiting} of ${limit}`);
    }
    const slowed = this.#slowed;
    if (slowed === null || bottleneck?.stage !== slowed.stage || this.#namedAfter.has(slowed.stage)) return;
    this.#namedAfter.set(slowed.stage, at - slowed.at);
  }
}
