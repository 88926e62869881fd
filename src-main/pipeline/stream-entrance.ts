import type { EventFamily } from '../../src-contract/event-kinds.ts';
import type { Offered, StreamIntake } from '../../src-contract/intake.ts';
import { journalPosition, type Committed, type JournalEvent } from '../../src-contract/journal.ts';
import { ArrivalClock, isSampled, type Arrival } from './arrival-clock.ts';
import { BatchCollector } from './batch-collector.ts';
import { eventsIn, ledgeredIn, type ClosedBatch } from './batch-builder.ts';
import { checkEvent, checkValue, type AcceptedEvent, type RefusedEvent } from './check-event.ts';
import type { EntranceOptions } from './entrance-options.ts';
import { ruleOfFamily, type FamilyRule } from './event-families.ts';
import { HeldMessages } from './held-messages.ts';
import { MessageChecks, type Message } from './message-checks.ts';
import { RuleMemo } from './rule-memo.ts';
import type { PipelineStages } from './stages/pipeline-stages.ts';

const MAX_SUBJECT = 256;
/** Bytes offered and not yet committed; from here on there is no room either, however few messages they are. */
export const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/** One stream incarnation's entrance: checks messages, collects batches, commits them one after another. */
export class StreamEntrance implements StreamIntake {
  readonly #options: EntranceOptions;
  readonly #stages: PipelineStages;
  readonly #collector: BatchCollector;
  readonly #checks: MessageChecks;
  readonly #held: HeldMessages;
  readonly #arrivals: ArrivalClock;
  readonly #rules = new RuleMemo();
  readonly #roomListeners = new Set<() => void>();
  readonly #settledListeners = new Set<(lastSeq: number, repeated: readonly number[]) => void>();
  #storedSeq: number;
  #offeredSeq: number;
  #waiting = 0;
  /** Bytes in batches that were closed and are not committed. */
  #closedBytes = 0;

  constructor(options: EntranceOptions) {
    const { record, clock, limits, stages, ledger, baseCurrency } = options;
    this.#options = options;
    this.#stages = stages;
    this.#collector = new BatchCollector({
      ...options,
      ...limits,
      gate: stages.commit,
      stream: { env: record.env, source: record.source, incarnation: record.incarnation },
      onClosed: (batch) => {
        this.#closedBytes += batch.bytes;
        stages.transformed(batch.events.length, batch.columns.rejects.length);
      },
      onCommitted: (committed, batch) => this.#committed(committed, batch),
    });
    this.#checks = new MessageChecks({ collector: this.#collector, ledger, baseCurrency });
    this.#held = new HeldMessages(stages);
    this.#arrivals = new ArrivalClock(clock, stages);
    this.#storedSeq = record.storedSeq;
    this.#offeredSeq = record.storedSeq;
  }

  get storedSeq(): number {
    return this.#storedSeq;
  }

  get offeredSeq(): number {
    return this.#offeredSeq;
  }

  get room(): number {
    const bytes = this.#closedBytes + this.#collector.builder.bytes + this.#held.bytes;
    if (bytes >= MAX_WAITING_BYTES) return 0;
    return Math.max(0, this.#options.limits.waiting - this.#waiting);
  }

  /** Messages offered and not yet committed. */
  get waiting(): number {
    return this.#waiting;
  }

  onRoom(listener: () => void): () => void {
    this.#roomListeners.add(listener);
    return () => this.#roomListeners.delete(listener);
  }

  offer(subject: string, seq: number, publishedAt: number, body: Uint8Array): void {
    const rule = this.#rules.of(subject);
    if (!this.#isNew(rule, seq)) return;
    const arrival = this.#arrivals.read();
    if (this.#stages.open) this.#take(rule, subject, seq, publishedAt, arrival, body);
    else this.#hold(rule, subject, seq, publishedAt, arrival, body);
  }

  offerValue(...[family, seq, publishedAt, value, sent]: Parameters<StreamIntake['offerValue']>): Offered {
    const rule = ruleOfFamily(family);
    if (!this.#isNew(rule, seq)) return null;
    const arrival = this.#arrivals.read();
    const text = JSON.stringify(value);
    const { baseCurrency } = this.#options;
    const checked = checkValue(rule, value, text, publishedAt, arrival.now, baseCurrency);
    const message = { rule, subject: family, seq, publishedAt, receivedAt: arrival.now };
    this.#put(message, arrival, checked, checked.ok ? Buffer.from(text) : sent(), null);
    return checked.ok ? null : checked.reason;
  }

  offerReject(
    family: EventFamily,
    seq: number,
    receivedAt: number,
    body: Uint8Array,
    reject: number,
  ): Offered {
    const rule = ruleOfFamily(family);
    const bytes = Buffer.from(body);
    const arrival = this.#arrivals.read();
    const { baseCurrency } = this.#options;
    const checked = checkEvent(rule, bytes, 0, bytes.length, receivedAt, arrival.now, baseCurrency);
    if (!checked.ok) return checked.reason;
    if (!this.#isNext(seq)) throw new RangeError(`the sequence ${seq} was offered before`);
    const message = { rule, subject: family, seq, publishedAt: receivedAt, receivedAt: arrival.now };
    this.#put(message, arrival, checked, bytes, reject);
    return null;
  }

  onSettled(listener: (lastSeq: number, repeated: readonly number[]) => void): () => void {
    this.#settledListeners.add(listener);
    return () => this.#settledListeners.delete(listener);
  }

  confirm(subject: string, seq: number): void {
    const rule = this.#rules.of(subject);
    if (!this.#isNew(rule, seq)) return;
    this.#whenOpen(0, rule === undefined ? 0 : 1, () => {
      if (rule === undefined) this.#collector.builder.other(seq, subject.slice(0, MAX_SUBJECT));
      else this.#collector.builder.confirm(seq);
      this.#collector.added();
    });
  }

  observe(position: { firstSeq: number; lastSeq: number }): void {
    this.#options.observe(position);
  }

  gap(firstSeq: number, lastSeq: number, reason: string): void {
    this.#moveBehind(lastSeq, () => this.#options.gap({ firstSeq, lastSeq, reason }));
  }

  passOver(lastSeq: number): void {
    this.#moveBehind(lastSeq, () => this.#options.passOver(lastSeq));
  }

  drained(): Promise<void> {
    if (this.#held.size > 0) return this.#held.passed().then(() => this.drained());
    this.#collector.close();
    return this.#collector.flushed();
  }

  /** Gives up what is not committed: its source will offer it again from `storedSeq` on. */
  abandon(): void {
    this.#roomListeners.clear();
    this.#settledListeners.clear();
    let ledgered = this.#held.abandon();
    for (const batch of this.#collector.stop()) ledgered += ledgeredIn(batch);
    this.#options.ledger.givenUp(ledgered);
  }

  /** The offset moves over what is not offered only behind everything that was offered before. */
  #moveBehind(lastSeq: number, record: () => void): void {
    this.#offeredSeq = Math.max(this.#offeredSeq, lastSeq);
    void this.drained().then(() => {
      this.#storedSeq = Math.max(this.#storedSeq, lastSeq);
      record();
    });
  }

  /** Whether a message was not offered before; it is then received, and waiting. */
  #isNew(rule: FamilyRule | undefined, seq: number): boolean {
    if (!this.#isNext(seq)) {
      if (rule !== undefined) this.#options.ledger.arrivedAgain();
      return false;
    }
    if (rule !== undefined) this.#options.ledger.arrived();
    return true;
  }

  #isNext(seq: number): boolean {
    if (this.#waiting >= 2 * this.#options.limits.waiting) {
      throw new RangeError(`more than twice the ${this.#options.limits.waiting} messages there is room for`);
    }
    if (seq <= this.#offeredSeq) return false;
    this.#offeredSeq = seq;
    this.#waiting++;
    return true;
  }

  /** Does what the stage `transform` does with a message, now or when it is its turn. */
  #whenOpen(bytes: number, ledgered: number, run: () => void): void {
    if (this.#stages.open) run();
    else this.#held.add(bytes, ledgered, run);
  }

  #take(
    rule: FamilyRule | undefined,
    subject: string,
    seq: number,
    publishedAt: number,
    arrival: Arrival,
    body: Uint8Array,
  ): void {
    const { builder } = this.#collector;
    builder.arrivedAt(arrival.monotonic);
    if (rule === undefined) builder.other(seq, subject.slice(0, MAX_SUBJECT));
    else if (isSampled(seq)) {
      this.#arrivals.sample(this.#checks, rule, subject, seq, publishedAt, arrival.now, body);
    } else this.#checks.check(rule, subject, seq, publishedAt, arrival.now, body);
    this.#collector.added();
  }

  /** Keeps it until it is its turn, and its bytes as they are now. Apart from others: making a function costs every call. */
  #hold(
    rule: FamilyRule | undefined,
    subject: string,
    seq: number,
    publishedAt: number,
    arrival: Arrival,
    body: Uint8Array,
  ): void {
    const kept = body.slice();
    this.#held.add(kept.length, rule === undefined ? 0 : 1, () =>
      this.#take(rule, subject, seq, publishedAt, arrival, kept),
    );
  }

  #put(
    message: Message,
    arrival: Arrival,
    checked: AcceptedEvent | RefusedEvent,
    body: Uint8Array,
    reject: number | null,
  ): void {
    this.#whenOpen(body.length, reject === null ? 1 : 0, () => {
      this.#collector.builder.arrivedAt(arrival.monotonic);
      this.#checks.put(message, checked, body);
      if (reject !== null) this.#collector.builder.redrives(reject);
      this.#collector.added();
    });
  }

  #committed(committed: Committed, batch: ClosedBatch): void {
    const { columns, events } = batch;
    this.#waiting -= batch.messages;
    this.#closedBytes -= batch.bytes;
    this.#storedSeq = columns.lastSeq;
    this.#count(committed, batch);
    this.#tellLatency('commit', batch);
    const fresh = withoutRepeated(events, committed.repeated);
    this.#stages.committed(eventsIn(batch), fresh.length, () => {
      this.#options.onCommitted(committed, fresh);
      this.#tellLatency('projection', batch);
    });
    this.#tellSettled(columns.lastSeq, events, committed.repeated);
    if (this.room * 2 >= this.#options.limits.waiting) {
      for (const listener of this.#roomListeners) listener();
    }
  }

  #count(committed: Committed, { columns, events }: ClosedBatch): void {
    const repeated = committed.repeated?.length ?? 0;
    const stored = events.length - repeated;
    if (columns.redriven !== null) {
      this.#options.ledger.redriven({ stored, repeated: committed.movedRejects - stored });
      return;
    }
    this.#options.ledger.settled({
      stored,
      repeated: repeated + committed.repeatedRejects + columns.confirmed,
      rejected: columns.rejects.length - committed.repeatedRejects,
      other: columns.others.reduce((sum, { count }) => sum + count, 0),
    });
  }

  #tellLatency(kind: 'commit' | 'projection', { arrivals, events }: ClosedBatch): void {
    const now = this.#options.clock.monotonic();
    for (const [index, { from, at }] of arrivals.entries()) {
      const count = (arrivals[index + 1]?.from ?? events.length) - from;
      if (count > 0) this.#options.onLatency(kind, (now - at) * 1000, count);
    }
  }

  #tellSettled(lastSeq: number, events: readonly JournalEvent[], repeated: readonly number[] | null): void {
    if (this.#settledListeners.size === 0) return;
    const seqs = (repeated ?? []).map((index) => journalPosition((events[index] as JournalEvent).id).seq);
    for (const listener of this.#settledListeners) listener(lastSeq, seqs);
  }
}

function withoutRepeated(events: JournalEvent[], repeated: number[] | null): JournalEvent[] {
  if (repeated === null) return events;
  const left = new Set(repeated);
  return events.filter((_, index) => !left.has(index));
}
