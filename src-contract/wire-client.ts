import type { CallArgs, CallName, CallResult, FeedName, FeedParams } from './channels.ts';
import type { ContractClient, FeedView, LinkState } from './client.ts';
import { MAX_OPEN_CALLS, type ClientMessage, type ServerMessage } from './frames.ts';
import { FeedSubscription } from './feed-subscription.ts';
import { ContractError, type Failure } from './result.ts';
import type { Transport, TransportState } from './transport.ts';

const TIMEOUT_MS = 30_000;
/** Calls that take as long as their file is large. */
const TIMEOUTS_MS: ReadonlyMap<CallName, number> = new Map([
  ['import.check', 600_000],
  ['import.apply', 600_000],
]);

/** What the client needs from its surroundings: timers for call time-outs, and the row key of each feed. */
export interface WireClientOptions {
  transport: Transport;
  /** Runs `fn` after `ms`; returns what cancels it. */
  after(ms: number, fn: () => void): () => void;
  now(): number;
  /** Name of the field that identifies a feed's rows. */
  keyOf(feed: FeedName): string;
  /** A call unanswered for this long rejects with `timeout`, in milliseconds. Default: 30 s; 10 minutes for imports. */
  callTimeoutMs?: number;
  /** Called when a frame has arrived, with what acknowledges it; the page does so after drawing. Default: at once. */
  whenDrawn?(acknowledge: () => void): void;
  /** Whether anybody can see the client, and its changes, which the engine is told. Default: always. */
  visibility?: Visibility;
}

/** Whether anybody can see a client. */
export interface Visibility {
  readonly visible: boolean;
  /** Calls back on every change; returns what stops that. */
  onChange(listener: () => void): () => void;
}

interface OpenCall {
  resolve(value: unknown): void;
  reject(error: ContractError): void;
  cancelTimeout(): void;
}

/**
 * A {@link ContractClient} over any {@link Transport}. After every `hello` it opens its feeds again, so that an engine
 * that restarted or a socket that came back needs nobody's care.
 */
export class WireClient implements ContractClient {
  readonly #options: WireClientOptions;
  readonly #calls = new Map<number, OpenCall>();
  readonly #feeds = new Map<number, FeedSubscription>();
  readonly #linkListeners = new Set<(link: LinkState) => void>();
  readonly #stops: (() => void)[] = [];
  #link: LinkState;
  #nextId = 1;

  constructor(options: WireClientOptions) {
    this.#options = options;
    this.#link = { state: 'connecting', since: options.now(), reason: 'connecting', retryAt: null };
    this.#stops.push(options.transport.onMessage((text) => this.#receive(text)));
    this.#stops.push(options.transport.onState((state) => this.#transportChanged(state)));
    const { visibility } = options;
    if (visibility !== undefined)
      this.#stops.push(visibility.onChange(() => this.#tellVisible(visibility.visible)));
  }

  get link(): LinkState {
    return this.#link;
  }

  onLink(listener: (link: LinkState) => void): () => void {
    this.#linkListeners.add(listener);
    return () => this.#linkListeners.delete(listener);
  }

  call<N extends CallName>(name: N, args: CallArgs<N>): Promise<CallResult<N>> {
    return new Promise((resolve, reject) => {
      if (this.#link.state !== 'live') return reject(new ContractError('unavailable', this.#whyNot()));
      if (this.#calls.size >= MAX_OPEN_CALLS) {
        return reject(new ContractError('too_many', `more than ${MAX_OPEN_CALLS} calls are waiting`));
      }
      const id = this.#nextId++;
      const timeout = this.#options.callTimeoutMs ?? TIMEOUTS_MS.get(name) ?? TIMEOUT_MS;
      const cancelTimeout = this.#options.after(timeout, () => {
        this.#calls.delete(id);
        reject(new ContractError('timeout', `${name} was not answered within ${timeout / 1000} s`));
      });
      this.#calls.set(id, { resolve, reject, cancelTimeout });
      try {
        this.#send({ t: 'call', id, channel: name, args });
      } catch (error) {
        this.#takeCall(id);
        throw error;
      }
    });
  }

  open<N extends FeedName>(
    name: N,
    params: FeedParams<N>,
    listener: (view: FeedView<N>) => void,
  ): () => void {
    const id = this.#nextId++;
    const feed = new FeedSubscription({
      key: this.#options.keyOf(name),
      listener,
      open: () => this.#send({ t: 'open', id, feed: name, params }),
      resync: () => this.#send({ t: 'resync', id }),
    });
    this.#feeds.set(id, feed);
    if (this.#link.state === 'live') feed.open();
    else feed.interrupt(this.#link.since, this.#whyNot());
    return () => {
      if (this.#feeds.delete(id) && this.#link.state === 'live') this.#send({ t: 'close', id });
    };
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#linkListeners.clear();
    this.#feeds.clear();
    this.#interrupt({ state: 'failed', since: this.#options.now(), reason: 'the client was closed' });
    this.#options.transport.close();
  }

  #send(message: ClientMessage): void {
    this.#options.transport.send(JSON.stringify(message));
  }

  #tellVisible(visible: boolean): void {
    if (this.#link.state === 'live') this.#send({ t: 'visible', visible });
  }

  #receive(text: string): void {
    const message = JSON.parse(text) as ServerMessage;
    switch (message.t) {
      case 'hello':
        return this.#greeted(message.version, message.env);
      case 'ok':
        return this.#takeCall(message.id)?.resolve(message.value);
      case 'failed':
        return message.id === null ? undefined : this.#failed(message.id, message.error);
      case 'frame':
        for (const part of message.feeds) this.#feeds.get(part.id)?.take(part);
        return this.#acknowledge(message.frame);
      case 'link':
        return this.#interrupt(
          message.state === 'failed'
            ? { state: 'failed', since: message.since, reason: message.reason }
            : { state: 'connecting', since: message.since, reason: message.reason, retryAt: null },
        );
    }
  }

  /** What failed is a call, or a feed that the engine would not open. */
  #failed(id: number, error: Failure): void {
    this.#feeds.get(id)?.take({ id, seq: 0, error });
    this.#takeCall(id)?.reject(new ContractError(error.code, error.message, error.details));
  }

  #acknowledge(frame: number): void {
    // A session that began meanwhile counts its frames anew: an acknowledgement from before would meet another frame.
    const session = this.#link;
    const acknowledge = () => {
      if (this.#link === session) this.#send({ t: 'ack', frame });
    };
    if (this.#options.whenDrawn === undefined) acknowledge();
    else this.#options.whenDrawn(acknowledge);
  }

  #takeCall(id: number): OpenCall | undefined {
    const call = this.#calls.get(id);
    call?.cancelTimeout();
    this.#calls.delete(id);
    return call;
  }

  #greeted(version: string, env: string): void {
    this.#rejectCalls('the engine restarted');
    // Listeners to the link may open feeds, which are sent at once, or close some.
    const known = [...this.#feeds];
    this.#setLink({ state: 'live', version, env });
    for (const [id, feed] of known) if (this.#feeds.has(id)) feed.open();
    // The engine takes a client for visible until it says otherwise.
    if (this.#options.visibility?.visible === false) this.#tellVisible(false);
  }

  #transportChanged(state: TransportState): void {
    if (state.state === 'open') return;
    const { since, reason, retryAt } = state;
    this.#interrupt({ state: 'connecting', since, reason, retryAt });
  }

  #interrupt(link: Exclude<LinkState, { state: 'live' }>): void {
    this.#setLink(link);
    this.#rejectCalls(link.reason);
    for (const feed of this.#feeds.values()) feed.interrupt(link.since, link.reason);
  }

  #setLink(link: LinkState): void {
    this.#link = link;
    for (const listener of this.#linkListeners) listener(link);
  }

  #rejectCalls(reason: string): void {
    for (const call of this.#calls.values()) {
      call.cancelTimeout();
      call.reject(new ContractError('unavailable', reason));
    }
    this.#calls.clear();
  }

  #whyNot(): string {
    return this.#link.state === 'live' ? '' : this.#link.reason;
  }
}
