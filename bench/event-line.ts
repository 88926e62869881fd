import type { LatencyHistogram } from '../src-main/lib/latency-histogram.ts';

/** Where a line takes its events from. */
export interface LineProducer<E> {
  /** At most `demand` events; none: there is nothing more for now. */
  take(demand: number): readonly E[];
}

/** What a line is made of. */
export interface EventLineOptions<E, T> {
  /** How many events the line asks for at a time: it is done with them before it asks again. */
  demand: number;
  /** Checks and stamps one event at a time, UTC milliseconds; null: it is rejected. */
  transform: (event: E, now: number) => T | null;
  /** Takes a stamped event in. */
  aggregate: (event: T) => void;
  /** The service times of events in nanoseconds; null: they are not measured, and a batch is stamped as one. */
  serviceTimes: LatencyHistogram | null;
  /** The moment 0 of `performance.now()`, UTC milliseconds. */
  timeOrigin: number;
}

/** What went through a line. */
export interface LineCounts {
  aggregated: number;
  rejected: number;
}

/**
 * Producer, transformer and aggregator in one thread, by demand: no queue stands between the stages, because each event goes
 * through all of them before the next one enters. So the moment one leaves the aggregator is the moment the next one enters
 * the transformer, and one look at the clock an event measures every event's service time, without a gap.
 */
export class EventLine<E, T> {
  readonly #options: EventLineOptions<E, T>;
  #aggregated = 0;
  #rejected = 0;

  constructor(options: EventLineOptions<E, T>) {
    this.#options = options;
  }

  /** What went through the line so far. */
  get counts(): LineCounts {
    return { aggregated: this.#aggregated, rejected: this.#rejected };
  }

  /** Takes from a producer until it has nothing more. */
  run(producer: LineProducer<E>): void {
    const { demand, serviceTimes } = this.#options;
    for (let batch = producer.take(demand); batch.length > 0; batch = producer.take(demand)) {
      if (serviceTimes === null) this.#pass(batch);
      else this.#passMeasured(batch, serviceTimes);
    }
  }

  #pass(batch: readonly E[]): void {
    const { transform, aggregate, timeOrigin } = this.#options;
    const now = timeOrigin + performance.now();
    let rejected = 0;
    for (let index = 0; index < batch.length; index += 1) {
      const stamped = transform(batch[index] as E, now);
      if (stamped === null) rejected += 1;
      else aggregate(stamped);
    }
    this.#count(batch.length, rejected);
  }

  #passMeasured(batch: readonly E[], serviceTimes: LatencyHistogram): void {
    const { transform, aggregate, timeOrigin } = this.#options;
    // The global is a getter in Node: asking it for the clock each time costs a fifth of a look at the clock.
    const clock = performance;
    let entered = clock.now();
    let rejected = 0;
    for (let index = 0; index < batch.length; index += 1) {
      const stamped = transform(batch[index] as E, timeOrigin + entered);
      if (stamped === null) rejected += 1;
      else aggregate(stamped);
      const left = clock.now();
      serviceTimes.record((left - entered) * 1e6);
      entered = left;
    }
    this.#count(batch.length, rejected);
  }

  #count(events: number, rejected: number): void {
    this.#aggregated += events - rejected;
    this.#rejected += rejected;
  }
}
