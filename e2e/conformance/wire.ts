import type { ClientMessage, FeedPart, ServerMessage } from '../../src-contract/frames.ts';
import type { Failure, Result } from '../../src-contract/result.ts';
import type { Transport } from '../../src-contract/transport.ts';

/** One end of a transport with nothing of the app's client in between: messages as they cross. */
export class Wire {
  readonly #transport: Transport;
  readonly #calls = new Map<number, (result: Result<unknown>) => void>();
  readonly #feeds = new Map<number, OpenedFeed>();
  #lastId = 0;

  private constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Begins to listen; resolves when the engine has said hello. */
  static async greeted(transport: Transport): Promise<Wire> {
    const wire = new Wire(transport);
    await new Promise<void>((resolve) => {
      transport.onMessage((text) => {
        const message = JSON.parse(text) as ServerMessage;
        if (message.t === 'hello') resolve();
        else wire.#receive(message);
      });
    });
    return wire;
  }

  /** Asks or does whatever is named, with whatever arguments. */
  call(channel: string, args: unknown): Promise<Result<unknown>> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#calls.set(id, resolve);
      this.#send({ t: 'call', id, channel, args });
    });
  }

  /** Opens whatever feed is named, with whatever parameters. */
  open(feed: string, params: unknown): OpenedFeed {
    const id = ++this.#lastId;
    const opened = new OpenedFeed((t) => this.#send({ t, id }));
    this.#feeds.set(id, opened);
    this.#send({ t: 'open', id, feed, params });
    return opened;
  }

  #send(message: ClientMessage): void {
    this.#transport.send(JSON.stringify(message));
  }

  #receive(message: ServerMessage): void {
    switch (message.t) {
      case 'ok':
        return this.#calls.get(message.id)?.({ ok: true, value: message.value });
      case 'failed':
        if (message.id === null) return;
        this.#feeds.get(message.id)?.refuse(message.error);
        return this.#calls.get(message.id)?.({ ok: false, error: message.error });
      case 'frame':
        for (const part of message.feeds) this.#feeds.get(part.id)?.take(part);
        return this.#send({ t: 'ack', frame: message.frame });
      case 'hello':
      case 'link':
        throw new Error(`the engine went away in the middle: ${JSON.stringify(message)}`);
    }
  }
}

/** A feed as its parts arrive. */
export class OpenedFeed {
  /** Every part so far. */
  readonly parts: FeedPart[] = [];
  readonly #tell: (what: 'resync' | 'close') => void;
  readonly #refused = Promise.withResolvers<Failure>();
  #wake: () => void = () => undefined;
  #looked = 0;

  constructor(tell: (what: 'resync' | 'close') => void) {
    this.#tell = tell;
  }

  /** Why the engine would not open it. */
  get refused(): Promise<Failure> {
    return this.#refused.promise;
  }

  /** The next part, not handed out before, that fulfils `wanted`. */
  async next(wanted: (part: FeedPart) => boolean): Promise<FeedPart> {
    for (;;) {
      const part = this.parts[this.#looked];
      if (part === undefined) await new Promise<void>((resolve) => (this.#wake = resolve));
      else {
        this.#looked += 1;
        if (wanted(part)) return part;
      }
    }
  }

  resync(): void {
    this.#tell('resync');
  }

  close(): void {
    this.#tell('close');
  }

  take(part: FeedPart): void {
    this.parts.push(part);
    this.#wake();
  }

  refuse(error: Failure): void {
    this.#refused.resolve(error);
  }
}
