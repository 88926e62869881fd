import type { CallName } from '../../src-contract/channels.ts';
import { MAX_OPEN_CALLS, MAX_OPEN_FEEDS, type ClientMessage } from '../../src-contract/frames.ts';
import { ContractError, failureOf } from '../../src-contract/result.ts';
import type { ClientKind } from '../../src-contract/system.ts';
import type { Clock } from '../lib/clock.ts';
import { checkCall, checkFeed } from './channel-checks.ts';
import { commandOutcome } from './command-outcome.ts';
import { commandTarget } from './command-target.ts';
import type { AuditedCommand, Caller, Handlers } from './handlers.ts';
import type { FrameReader, Publisher } from './publisher.ts';
import { readMessage } from './read-message.ts';
import type { Subscription } from './subscription.ts';

/** What one client's session works with. */
export interface SessionOptions {
  id: string;
  kind: ClientKind;
  title: string;
  clock: Clock;
  publisher: Publisher;
  handlers: Handlers;
  deliver(text: string): void;
  /** Its client says whether anybody can see it. */
  onVisible(): void;
  audit(entry: AuditedCommand): void;
}

/** One client: answers its calls and sends it frames, the next one only when the last was acknowledged. */
export class ClientSession implements FrameReader {
  readonly id: string;
  readonly kind: ClientKind;
  readonly title: string;
  readonly connectedAt: number;
  readonly #options: SessionOptions;
  readonly #feeds = new Map<number, Subscription>();
  readonly #removeReader: () => void;
  #openCalls = 0;
  #frames = 0;
  #unacknowledged: { frame: number; since: number } | null = null;
  #opened = false;
  #visible = true;
  #closed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.id = options.id;
    this.kind = options.kind;
    this.title = options.title;
    this.connectedAt = options.clock.now();
    this.#removeReader = options.publisher.addReader(this);
  }

  /** Whether anybody can see what it shows, as the client says. */
  get visible(): boolean {
    return this.#visible;
  }

  /** Open feeds. */
  get feeds(): number {
    return this.#feeds.size;
  }

  /** Frames sent since the client came. */
  get framesSent(): number {
    return this.#frames;
  }

  /** For how long the last frame has been unacknowledged, in milliseconds; null when it is not. */
  get waitingMs(): number | null {
    if (this.#unacknowledged === null) return null;
    return this.#options.clock.monotonic() - this.#unacknowledged.since;
  }

  /** Takes one message of the client. What is no message at all is answered by what is accepted. */
  receive(text: string): void {
    if (this.#closed) return;
    const read = readMessage(text);
    if (read.ok) this.#take(read.message);
    else this.#fail(read.id, new ContractError('invalid_argument', read.why));
  }

  #take(message: ClientMessage): void {
    switch (message.t) {
      case 'call':
        return void this.#call(message.id, message.channel, message.args);
      case 'open':
        return this.#open(message.id, message.feed, message.params);
      case 'close':
        return this.#close(message.id);
      case 'resync':
        return this.#feeds.get(message.id)?.reset();
      case 'ack':
        if (this.#unacknowledged?.frame === message.frame) this.#unacknowledged = null;
        return this.#wakeIfDue();
      case 'visible':
        this.#visible = message.visible;
        return this.#options.onVisible();
    }
  }

  flush(early: boolean): void {
    if (this.#unacknowledged !== null || this.#closed) return;
    if (early && !this.#opened) return;
    this.#opened = false;
    const parts: string[] = [];
    for (const subscription of this.#feeds.values()) {
      const part = subscription.takePart();
      if (part !== null) parts.push(part);
    }
    if (parts.length === 0) return;
    const frame = ++this.#frames;
    this.#unacknowledged = { frame, since: this.#options.clock.monotonic() };
    this.#options.deliver(`{"t":"frame","frame":${frame},"feeds":[${parts.join(',')}]}`);
  }

  /** Closes every feed; nothing is delivered any more. */
  close(): void {
    this.#closed = true;
    this.#removeReader();
    for (const id of [...this.#feeds.keys()]) this.#close(id);
  }

  async #call(id: number, channel: string, args: unknown): Promise<void> {
    if (this.#openCalls >= MAX_OPEN_CALLS) {
      return this.#fail(id, new ContractError('too_many', `more than ${MAX_OPEN_CALLS} calls are waiting`));
    }
    this.#openCalls++;
    try {
      const { name, command } = checkCall(channel, args);
      const value = await (command ? this.#audited(name, args) : this.#invoke(name, args));
      if (!this.#closed) this.#options.deliver(JSON.stringify({ t: 'ok', id, value }));
    } catch (error) {
      this.#fail(id, error);
    } finally {
      this.#openCalls--;
    }
  }

  #invoke(name: CallName, args: unknown): unknown {
    const handler = this.#options.handlers[name] as (args: unknown, caller: Caller) => unknown;
    return handler(args, { actor: this.#actor });
  }

  async #audited(name: CallName, args: unknown): Promise<unknown> {
    const entry = {
      actor: this.#actor,
      action: name as AuditedCommand['action'],
      target: commandTarget(args),
    };
    try {
      const value = await this.#invoke(name, args);
      this.#options.audit({ ...entry, result: commandOutcome(value) });
      return value;
    } catch (error) {
      this.#options.audit({ ...entry, result: failureOf(error).message });
      throw error;
    }
  }

  get #actor(): string {
    return `${this.kind}: ${this.title}`;
  }

  #fail(id: number | null, error: unknown): void {
    if (!this.#closed) this.#options.deliver(JSON.stringify({ t: 'failed', id, error: failureOf(error) }));
  }

  #open(id: number, feed: string, params: unknown): void {
    try {
      if (this.#feeds.size >= MAX_OPEN_FEEDS && !this.#feeds.has(id)) {
        throw new ContractError('too_many', `more than ${MAX_OPEN_FEEDS} feeds are open`);
      }
      const name = checkFeed(feed, params);
      this.#close(id);
      this.#opened = true;
      this.#feeds.set(id, this.#options.publisher.subscribe(id, name, params as never));
    } catch (error) {
      this.#fail(id, error);
    }
  }

  #close(id: number): void {
    const subscription = this.#feeds.get(id);
    if (subscription === undefined) return;
    this.#feeds.delete(id);
    this.#options.publisher.unsubscribe(subscription);
  }

  #wakeIfDue(): void {
    for (const subscription of this.#feeds.values())
      if (subscription.due) return this.#options.publisher.wake();
  }
}
