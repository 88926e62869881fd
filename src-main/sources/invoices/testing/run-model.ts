import type { GivenFigures } from '../invoice-control.ts';

/** Progress is counted in 2,000ths of an invoice, so that rates in halves move it by whole numbers each millisecond. */
const UNIT = 2000;

/** What may have been shown by now, and whether the run has finished with it. */
interface Showing {
  count: number;
  finished: boolean;
}

/** Production as time left and progress; times are milliseconds. */
interface Production {
  rate: number;
  displayRate: number;
  duration: number;
  left: number;
  progress: number;
  produced: number;
}

/**
 * An invoice run computed anew, millisecond by millisecond: what the simulator must show at every moment. Rates are in
 * halves, at most 20; commands come at whole milliseconds. Where production and display fall on the same instant either
 * may come first, so it knows several counts of shown invoices until it is told which one is so.
 */
export class RunModel {
  state: 'idle' | 'running' | 'draining' | 'finished' = 'idle';
  #is: Production = { rate: 5, displayRate: 2, duration: 300, left: 0, progress: 0, produced: 0 };
  #shown: Showing[] = [];
  #displayed = 0;

  get produced(): number {
    return this.state === 'idle' ? 0 : this.#is.produced;
  }

  get planned(): number {
    return plannedBy(this.#is);
  }

  /** Whether this is possible; from then on it is so. */
  settle(state: string, shown: number): boolean {
    if (this.state === 'idle' || this.state === 'finished')
      return state === this.state && shown === (this.#shown[0]?.count ?? 0);
    const found = this.#shown.find(
      ({ count, finished }) => count === shown && state === (finished ? 'finished' : this.state),
    );
    if (found === undefined) return false;
    this.#shown = [found];
    if (found.finished) this.state = 'finished';
    return true;
  }

  /** Answers false when there would be nothing to produce. */
  start(given: GivenFigures): boolean {
    const isNew = this.state !== 'draining';
    const isDone = this.#is.produced >= this.planned;
    const next = isNew ? figures(given) : figures(given, this.#is);
    if (isNew) next.produced = 0;
    next.progress = next.produced * UNIT;
    if (isNew || isDone) next.left = next.duration * 1000;
    else next.left = Math.max(0, this.#leftAnew() + (next.duration - this.#is.duration) * 1000);
    if (plannedBy(next) <= next.produced) return false;
    this.#is = next;
    this.state = 'running';
    if (isNew) {
      this.#shown = [{ count: 0, finished: false }];
      this.#displayed = 0;
    }
    return true;
  }

  stop(): void {
    this.state = 'draining';
    this.#finishEmpty();
  }

  rates(given: GivenFigures): void {
    const next = figures(given, this.#is);
    if (this.#is.produced < this.planned) {
      const left = this.state === 'running' ? this.#is.left : this.#leftAnew();
      if (this.state === 'draining') next.progress = next.produced * UNIT;
      next.left = Math.max(0, left + (next.duration - this.#is.duration) * 1000);
    }
    this.#is = next;
    this.#endIfDone();
    this.#finishEmpty();
  }

  reset(): void {
    this.state = 'idle';
    this.#shown = [];
  }

  /** The same, to be changed apart. */
  copy(): RunModel {
    const copy = new RunModel();
    copy.state = this.state;
    copy.#is = { ...this.#is };
    copy.#shown = [...this.#shown];
    copy.#displayed = this.#displayed;
    return copy;
  }

  /** The run is loaded from the store: phases are lost, and parts of an invoice in its plan. */
  load(): void {
    const { produced, rate } = this.#is;
    const left = ((this.planned - produced) * 1000) / rate;
    this.#is = { ...this.#is, left, progress: produced * UNIT };
    this.#displayed = 0;
  }

  /** One millisecond of running time. */
  pass(): void {
    if (this.state !== 'running' && this.state !== 'draining') return;
    const { rate, displayRate, produced, progress } = this.#is;
    const toProduce = this.state === 'running' ? (produced + 1) * UNIT - progress : Infinity;
    const toShow = UNIT - (this.#displayed % UNIT);
    this.#displayed += displayRate * 2;
    if (this.state === 'running') {
      this.#is.progress += rate * 2;
      this.#is.left -= 1;
    }
    // Which comes first within the millisecond, compared without division; below 0 production does.
    const order = toProduce * displayRate - toShow * rate;
    this.#happen(toProduce <= rate * 2, toShow <= displayRate * 2, order);
  }

  #happen(produces: boolean, shows: boolean, order: number): void {
    const before = shows && (!produces || order >= 0) ? this.#tick() : [];
    if (produces) this.#produce();
    const after = shows && produces && order <= 0 ? this.#tick() : [];
    if (shows) this.#shown = distinct([...before, ...after]);
  }

  /** Milliseconds that are left when the fraction of an invoice that was under way has to be begun again. */
  #leftAnew(): number {
    const { left, progress, produced, rate } = this.#is;
    return left + (progress - produced * UNIT) / (rate * 2);
  }

  #produce(): void {
    this.#is.produced += 1;
    this.#endIfDone();
  }

  #endIfDone(): void {
    if (this.#is.produced < this.planned) return;
    this.state = 'draining';
    this.#is.left = 0;
    this.#is.progress = this.#is.produced * UNIT;
  }

  /** Nothing waits after a command, and nothing comes. */
  #finishEmpty(): void {
    if (this.state !== 'draining') return;
    this.#shown = this.#shown.map(({ count, finished }) => ({
      count,
      finished: finished || count === this.#is.produced,
    }));
  }

  #tick(): Showing[] {
    return this.#shown.map(({ count, finished }) => {
      const after = Math.min(count + 1, this.#is.produced);
      return {
        count: after,
        finished: finished || (this.state === 'draining' && after === this.#is.produced),
      };
    });
  }
}

function plannedBy({ progress, left, rate }: Production): number {
  return Math.floor((progress + left * rate * 2) / UNIT + 1e-6);
}

function figures(
  given: GivenFigures,
  from: Production = { rate: 5, displayRate: 2, duration: 300, left: 0, progress: 0, produced: 0 },
): Production {
  return {
    ...from,
    rate: given.rate_per_s ?? from.rate,
    displayRate: given.display_rate_per_s ?? from.displayRate,
    duration: given.duration_s ?? from.duration,
  };
}

function distinct(showings: readonly Showing[]): Showing[] {
  return [...new Map(showings.map((showing) => [`${showing.count} ${showing.finished}`, showing])).values()];
}
