import type { EventFamily } from '../../src-contract/event-kinds.ts';
import type { Offered, StreamIntake } from '../../src-contract/intake.ts';
import {
  journalPosition,
  type Committed,
  type EventBatch,
  type JournalEvent,
  type StreamRecord,
} from '../../src-contract/journal.ts';
import type { Clock } from '../lib/clock.ts';
import { BatchBuilder, type ClosedBatch } from './batch-builder.ts';
import { checkEvent, checkValue, type AcceptedEvent, type RefusedEvent } from './check-event.ts';
import { CommitLine } from './commit-line.ts';
import { FAMILY_RULES, type FamilyRule } from './event-families.ts';
import type { LedgerCount } from './ledger-count.ts';
import { isArrayBody, readPacked } from './packed-message.ts';

/** Limits of one stream's way into the store. */
export interface EntranceLimits {
  /** A batch closes at this many messages … */
  batchEvents: number;
  /** … or this many milliseconds after its first, whichever comes first. */
  lingerMs: number;
  /** Messages offered and not yet committed; at this number the source has no room. */
  waiting: number;
}

/** Where a stream's batches go, and what is told about them. */
export interface EntranceOptions {
  record: StreamRecord;
  clock: Clock;
  limits: EntranceLimits;
  /** The currency of amounts that name none. */
  baseCurrency: () => string;
  ledger: LedgerCount;
  commit: (batch: EventBatch) => Promise<Committed>;
  /** Facts for the projections, in the order of commits. */
  onCommitted: (committed: Committed, events: JournalEvent[]) => void;
  /** The store refused a batch and is asked again; null when it took it at last. */
  onFailure: (error: Error | null) => void;
  /** Milliseconds until the n-th retry. */
  retryDelay: (attempt: number) => number;
  observe: (position: { firstSeq: number; lastSeq: number }) => void;
  gap: (gap: { firstSeq: number; lastSeq: number; reason: string }) => void;
  passOver: (lastSeq: number) => void;
}

const MAX_SUBJECT = 256;
/** Bytes offered and not yet committed; from here on there is no room either, however few messages they are. */
export const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/** One stream incarnation's entrance: checks messages, collects batches, commits them one after another. */
export class StreamEntrance implements StreamIntake {
  readonly #options: EntranceOptions;
  readonly #builder: BatchBuilder;
  readonly #line: CommitLine;
  readonly #roomListeners = new Set<() => void>();
  readonly #settledListeners = new Set<(lastSeq: number, repeated: readonly number[]) => void>();
  #storedSeq: number;
  #offeredSeq: number;
  #waiting = 0;
  #waitingBytes = 0;
  #cancelLinger: (() => void) | null = null;
  #lingered = false;
  #arrivedAt: number | null = null;

  constructor(options: EntranceOptions) {
    this.#options = options;
    this.#offeredSeq = options.record.storedSeq;
    this.#builder = new BatchBuilder(
      {
        env: options.record.env,
        source: options.record.source,
        incarnation: options.record.incarnation,
      },
      options.limits.batchEvents,
    );
    this.#line = new CommitLine({
      clock: options.clock,
      commit: options.commit,
      retryDelay: options.retryDelay,
      onFailure: options.onFailure,
      onCommitted: (committed, batch) => this.#committed(committed, batch),
      onIdle: () => this.#lineIdle(),
    });
    this.#storedSeq = options.record.storedSeq;
  }

  get storedSeq(): number {
    return this.#storedSeq;
  }

  get offeredSeq(): number {
    return this.#offeredSeq;
  }

  get room(): number {
    if (this.#waitingBytes >= MAX_WAITING_BYTES) return 0;
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
    const rule = FAMILY_RULES.get(subject);
    if (!this.#isNew(rule, seq)) return;
    if (rule === undefined) this.#builder.other(seq, subject.slice(0, MAX_SUBJECT));
    else if (rule.packs) this.#takeEvents(rule, subject, seq, publishedAt, body);
    else this.#take(rule, subject, seq, publishedAt, body);
    this.#afterOffer();
  }

  offerValue(family: EventFamily, seq: number, publishedAt: number, value: unknown): Offered {
    const rule = ruleOf(family);
    if (!this.#isNew(rule, seq)) return null;
    this.#options.ledger.arrived();
    const now = this.#timeOfArrival();
    const text = JSON.stringify(value);
    const checked = checkValue(rule, value, text, publishedAt, now, this.#options.baseCurrency);
    this.#settleOne(rule, family, seq, checked, Buffer.from(text), now);
    this.#afterOffer();
    return checked.ok ? null : checked.reason;
  }

  offerReject(
    family: EventFamily,
    seq: number,
    receivedAt: number,
    body: Uint8Array,
    reject: number,
  ): Offered {
    const rule = ruleOf(family);
    const bytes = Buffer.from(body);
    const { baseCurrency, clock } = this.#options;
    const checked = checkEvent(rule, bytes, 0, bytes.length, receivedAt, clock.now(), baseCurrency);
    if (!checked.ok) return checked.reason;
    if (seq <= this.#offeredSeq) throw new RangeError(`the sequence ${seq} was offered before`);
    this.#isNew(rule, seq);
    this.#place(rule, seq, checked, bytes, receivedAt);
    this.#builder.redrives(reject);
    this.#afterOffer();
    return null;
  }

  onSettled(listener: (lastSeq: number, repeated: readonly number[]) => void): () => void {
    this.#settledListeners.add(listener);
    return () => this.#settledListeners.delete(listener);
  }

  confirm(subject: string, seq: number): void {
    const rule = FAMILY_RULES.get(subject);
    if (!this.#isNew(rule, seq)) return;
    if (rule === undefined) {
      this.#builder.other(seq, subject.slice(0, MAX_SUBJECT));
    } else {
      this.#options.ledger.arrived();
      this.#builder.confirm(seq);
    }
    this.#afterOffer();
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

  /** The offset moves over what is not offered only behind everything that was offered before. */
  #moveBehind(lastSeq: number, record: () => void): void {
    this.#offeredSeq = Math.max(this.#offeredSeq, lastSeq);
    void this.drained().then(() => {
      this.#storedSeq = Math.max(this.#storedSeq, lastSeq);
      record();
    });
  }

  drained(): Promise<void> {
    this.#closeBatch();
    return this.#line.flushed();
  }

  /** Gives up what is not committed: its source will offer it again from `storedSeq` on. */
  abandon(): void {
    this.#cancelLinger?.();
    this.#roomListeners.clear();
    this.#settledListeners.clear();
    let ledgered = 0;
    for (const batch of [...this.#line.stop(), this.#builder.close()]) ledgered += ledgeredIn(batch);
    this.#options.ledger.givenUp(ledgered);
  }

  /** Whether a message was not offered before; it is then waiting. */
  #isNew(rule: FamilyRule | undefined, seq: number): boolean {
    if (this.#waiting >= 2 * this.#options.limits.waiting) {
      throw new RangeError(`more than twice the ${this.#options.limits.waiting} messages there is room for`);
    }
    if (seq <= this.#offeredSeq) {
      if (rule !== undefined) this.#options.ledger.arrivedAgain();
      return false;
    }
    this.#offeredSeq = seq;
    this.#waiting++;
    return true;
  }

  #take(rule: FamilyRule, subject: string, seq: number, publishedAt: number, body: Uint8Array): void {
    const now = this.#timeOfArrival();
    this.#options.ledger.arrived();
    this.#waitingBytes += body.length;
    const start = this.#builder.place(body);
    const { baseCurrency } = this.#options;
    const end = start + body.length;
    const checked = checkEvent(rule, this.#builder.buffer, start, end, publishedAt, now, baseCurrency);
    if (checked.ok) this.#builder.accept(seq, rule.kind, checked, body.length, now);
    else this.#builder.reject(seq, subject, checked.reason, body, now);
  }

  /** An event that may have a name, or a message that packs several. */
  #takeEvents(rule: FamilyRule, subject: string, seq: number, publishedAt: number, body: Uint8Array): void {
    const now = this.#timeOfArrival();
    this.#options.ledger.arrived();
    const { baseCurrency } = this.#options;
    if (isArrayBody(body)) {
      this.#takePacked(rule, subject, seq, publishedAt, body, now);
      return;
    }
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
    const checked = checkEvent(rule, bytes, 0, bytes.length, publishedAt, now, baseCurrency);
    this.#settleOne(rule, subject, seq, checked, bytes, now);
  }

  #takePacked(
    rule: FamilyRule,
    subject: string,
    seq: number,
    publishedAt: number,
    body: Uint8Array,
    now: number,
  ): void {
    const packed = readPacked(rule, body, publishedAt, now, this.#options.baseCurrency);
    if (!packed.ok) {
      this.#settleOne(rule, subject, seq, packed, body, now);
      return;
    }
    const { events, rejects, row } = packed;
    this.#options.ledger.unpacked(events.length + rejects.length - 1);
    if (!this.#builder.takes(events.length + rejects.length)) this.#closeBatch();
    for (const { part, reason, body: refused } of rejects) {
      this.#waitingBytes += refused.length;
      this.#builder.rejectPart(seq, part, subject, reason, refused, now);
    }
    if (events.length === 0) {
      this.#builder.count(seq);
      return;
    }
    this.#waitingBytes += row.length;
    this.#builder.place(row);
    const first = this.#builder.events;
    this.#builder.acceptPacked(seq, rule.kind, events, row.length, publishedAt, now);
    for (const [index, { body: event }] of events.entries()) this.#name(first + index, event);
  }

  /** Keeps one event of a request or message, or what is wrong with it. */
  #settleOne(
    rule: FamilyRule,
    subject: string,
    seq: number,
    checked: AcceptedEvent | RefusedEvent,
    body: Uint8Array,
    now: number,
  ): void {
    if (checked.ok) {
      this.#place(rule, seq, checked, body, now);
      return;
    }
    this.#waitingBytes += body.length;
    this.#builder.reject(seq, subject, checked.reason, body, now);
  }

  #place(rule: FamilyRule, seq: number, event: AcceptedEvent, body: Uint8Array, now: number): void {
    this.#waitingBytes += body.length;
    this.#builder.place(body);
    this.#builder.accept(seq, rule.kind, event, body.length, now);
    if (rule.packs) this.#name(this.#builder.events - 1, event.body);
  }

  /** What its caller calls an event, if anything. */
  #name(event: number, { id }: { id?: string }): void {
    if (id !== undefined) this.#builder.name(event, id);
  }

  /** Read once for all messages that arrive together: the clock costs as much as half of the checks. */
  #timeOfArrival(): number {
    if (this.#arrivedAt === null) {
      this.#arrivedAt = this.#options.clock.now();
      queueMicrotask(() => (this.#arrivedAt = null));
    }
    return this.#arrivedAt;
  }

  #afterOffer(): void {
    if (this.#builder.full) this.#closeBatch();
    else if (this.#cancelLinger === null && !this.#lingered) {
      this.#cancelLinger = this.#options.clock.after(this.#options.limits.lingerMs, () => {
        this.#cancelLinger = null;
        this.#lingered = true;
        // While a commit is under way nothing is gained by closing: the batch grows until the line is idle.
        if (this.#line.isIdle) this.#closeBatch();
      });
    }
  }

  #closeBatch(): void {
    this.#cancelLinger?.();
    this.#cancelLinger = null;
    this.#lingered = false;
    if (this.#builder.messages > 0) this.#line.add(this.#builder.close());
  }

  #lineIdle(): void {
    if (this.#lingered) this.#closeBatch();
  }

  #committed(committed: Committed, batch: ClosedBatch): void {
    const { columns, events } = batch;
    this.#waiting -= batch.messages;
    this.#waitingBytes -= columns.rejects.reduce((sum, { bytes }) => sum + bytes, columns.bodies.length);
    this.#storedSeq = columns.lastSeq;
    this.#count(committed, batch);
    this.#options.onCommitted(committed, withoutRepeated(events, committed.repeated));
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

  #tellSettled(lastSeq: number, events: readonly JournalEvent[], repeated: readonly number[] | null): void {
    if (this.#settledListeners.size === 0) return;
    const seqs = (repeated ?? []).map((index) => journalPosition((events[index] as JournalEvent).id).seq);
    for (const listener of this.#settledListeners) listener(lastSeq, seqs);
  }
}

function ruleOf(family: EventFamily): FamilyRule {
  const rule = FAMILY_RULES.get(family);
  if (rule === undefined) throw new RangeError(`unknown family ${family}`);
  return rule;
}

/** What the ledger counts of a batch: of one that redrives, nothing. */
function ledgeredIn({ columns, events }: ClosedBatch): number {
  if (columns.redriven !== null) return 0;
  return events.length + columns.rejects.length + columns.confirmed;
}

function withoutRepeated(events: JournalEvent[], repeated: number[] | null): JournalEvent[] {
  if (repeated === null) return events;
  const left = new Set(repeated);
  return events.filter((_, index) => !left.has(index));
}
