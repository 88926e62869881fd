import type { BatchCollector } from './batch-collector.ts';
import { checkEvent, type AcceptedEvent, type RefusedEvent } from './check-event.ts';
import type { FamilyRule } from './event-families.ts';
import type { LedgerCount } from './ledger-count.ts';
import { isArrayBody, readPacked } from './packed-message.ts';

/** One message on a subject the app remembers, when it was published and received, UTC milliseconds. */
export interface Message {
  rule: FamilyRule;
  subject: string;
  seq: number;
  publishedAt: number;
  receivedAt: number;
}

/** What checking works with. */
export interface MessageChecksOptions {
  collector: BatchCollector;
  ledger: LedgerCount;
  /** The currency of amounts that name none. */
  baseCurrency: () => string;
}

/** The work of the stage `transform` for one stream: checks its messages and puts what comes of them into batches. */
export class MessageChecks {
  readonly #collector: BatchCollector;
  readonly #ledger: LedgerCount;
  readonly #baseCurrency: () => string;

  constructor({ collector, ledger, baseCurrency }: MessageChecksOptions) {
    this.#collector = collector;
    this.#ledger = ledger;
    this.#baseCurrency = baseCurrency;
  }

  /** Checks a message where it will be stored. Its fields come one by one: millions pass here. */
  check(
    rule: FamilyRule,
    subject: string,
    seq: number,
    publishedAt: number,
    receivedAt: number,
    body: Uint8Array,
  ): void {
    if (rule.packs && isArrayBody(body)) {
      this.#unpack({ rule, subject, seq, publishedAt, receivedAt }, body);
      return;
    }
    const { builder } = this.#collector;
    const start = builder.place(body);
    const end = start + body.length;
    const checked = checkEvent(rule, builder.buffer, start, end, publishedAt, receivedAt, this.#baseCurrency);
    if (!checked.ok) builder.reject(seq, subject, checked.reason, body, receivedAt);
    else {
      builder.accept(seq, rule.kind, checked, body.length, receivedAt);
      if (rule.packs) this.#name(builder.events - 1, checked.body);
    }
  }

  /** Puts an event, or what is wrong with it, into the batch. */
  put(
    { rule, subject, seq, receivedAt }: Message,
    checked: AcceptedEvent | RefusedEvent,
    body: Uint8Array,
  ): void {
    const { builder } = this.#collector;
    if (!checked.ok) {
      builder.reject(seq, subject, checked.reason, body, receivedAt);
      return;
    }
    builder.place(body);
    builder.accept(seq, rule.kind, checked, body.length, receivedAt);
    if (rule.packs) this.#name(builder.events - 1, checked.body);
  }

  #unpack(message: Message, body: Uint8Array): void {
    const { rule, subject, seq, publishedAt, receivedAt } = message;
    const packed = readPacked(rule, body, publishedAt, receivedAt, this.#baseCurrency);
    if (!packed.ok) {
      this.put(message, packed, body);
      return;
    }
    const { events, rejects, row } = packed;
    this.#ledger.unpacked(events.length + rejects.length - 1);
    this.#collector.makeRoomFor(events.length + rejects.length);
    const { builder } = this.#collector;
    for (const reject of rejects) {
      builder.rejectPart(seq, reject.part, subject, reject.reason, reject.body, receivedAt);
    }
    if (events.length === 0) {
      builder.count(seq);
      return;
    }
    const first = builder.events;
    builder.place(row);
    builder.acceptPacked(seq, rule.kind, events, row.length, publishedAt, receivedAt);
    for (const [index, event] of events.entries()) this.#name(first + index, event.body);
  }

  /** What its caller calls an event, if anything. */
  #name(event: number, { id }: { id?: string }): void {
    if (id !== undefined) this.#collector.builder.name(event, id);
  }
}
