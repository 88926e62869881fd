import type { Transport, TransportState } from '../../src-contract/transport.ts';
import { backOff } from './back-off.ts';

/** The part of a WebSocket that the transport uses. */
export interface Socket {
  /** 1 while what is sent is taken; it changes before `onclose` says so. */
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
}

/** What the transport needs from its surroundings. */
export interface WebSocketTransportOptions {
  /** Starts to connect. */
  connect(): Socket;
  /** Runs `fn` after `ms`; returns what cancels it. */
  after(ms: number, fn: () => void): () => void;
  now(): number;
  /** A number from 0 to 1. */
  random(): number;
  /** Calls back when the machine or the page woke up, or the network came back; returns what stops it. */
  onWake(listener: () => void): () => void;
}

/** The ready state of a WebSocket that takes messages. */
const OPEN = 1;
/** An attempt that has not opened for this long is given up, in milliseconds. */
const OPEN_TIMEOUT_MS = 5000;
/** An open socket that said nothing for this long is replaced when the machine wakes: it may be a dead one. */
const SILENT_MS = 10_000;

/** A pipe over a WebSocket that connects again for ever, with a bounded back-off, and at once after a sleep. */
export class WebSocketTransport implements Transport {
  readonly #options: WebSocketTransportOptions;
  readonly #messageListeners = new Set<(text: string) => void>();
  readonly #stateListeners = new Set<(state: TransportState) => void>();
  readonly #stopWake: () => void;
  #state: TransportState;
  #socket: Socket | null = null;
  #cancelTimer: () => void = () => undefined;
  #failures = 0;
  #heardAt: number;
  #closed = false;

  constructor(options: WebSocketTransportOptions) {
    this.#options = options;
    this.#heardAt = options.now();
    this.#state = { state: 'connecting', since: options.now(), retryAt: null, reason: 'connecting' };
    this.#stopWake = options.onWake(() => this.#wake());
    this.#connect();
  }

  send(text: string): void {
    if (this.#state.state === 'open' && this.#socket?.readyState === OPEN) this.#socket.send(text);
  }

  onMessage(listener: (text: string) => void): () => void {
    this.#messageListeners.add(listener);
    return () => this.#messageListeners.delete(listener);
  }

  onState(listener: (state: TransportState) => void): () => void {
    this.#stateListeners.add(listener);
    listener(this.#state);
    return () => this.#stateListeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    this.#stopWake();
    this.#drop();
    this.#messageListeners.clear();
    this.#stateListeners.clear();
  }

  #connect(): void {
    this.#drop();
    const socket = this.#options.connect();
    this.#socket = socket;
    socket.onopen = () => this.#opened();
    socket.onclose = () => this.#lost('the connection to PulseDesk was closed');
    socket.onmessage = ({ data }) => this.#received(data);
    this.#cancelTimer = this.#options.after(OPEN_TIMEOUT_MS, () =>
      this.#lost(`PulseDesk did not answer within ${OPEN_TIMEOUT_MS / 1000} s`),
    );
  }

  #opened(): void {
    this.#cancelTimer();
    this.#failures = 0;
    this.#heardAt = this.#options.now();
    this.#setState({ state: 'open' });
  }

  #received(data: unknown): void {
    this.#heardAt = this.#options.now();
    if (typeof data === 'string') for (const listener of this.#messageListeners) listener(data);
  }

  #lost(reason: string): void {
    this.#drop();
    this.#failures += 1;
    const now = this.#options.now();
    const wait = backOff(this.#failures, this.#options.random());
    const since = this.#state.state === 'connecting' ? this.#state.since : now;
    this.#cancelTimer = this.#options.after(wait, () => this.#connect());
    this.#setState({ state: 'connecting', since, retryAt: now + wait, reason });
  }

  #wake(): void {
    const now = this.#options.now();
    if (this.#closed) return;
    if (this.#state.state === 'connecting') return this.#connect();
    if (now - this.#heardAt < SILENT_MS) return;
    this.#setState({ state: 'connecting', since: this.#heardAt, retryAt: null, reason: 'the machine slept' });
    this.#connect();
  }

  /** Forgets the present socket without hearing its `close`. */
  #drop(): void {
    this.#cancelTimer();
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = null;
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
  }

  #setState(state: TransportState): void {
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }
}
