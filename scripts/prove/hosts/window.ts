import type { FeedName, FeedParams } from '../../../src-contract/channels.ts';
import type { ContractClient, FeedView } from '../../../src-contract/client.ts';
import { feedKey } from '../../../src-contract/feed-keys.ts';
import { WireClient } from '../../../src-contract/wire-client.ts';
import { systemClock } from '../../../src-main/lib/clock.ts';
import { SocketTransport } from './socket-transport.ts';

/** What a window shows of one feed: its latest view. */
export interface Shown<N extends FeedName> {
  view: FeedView<N>;
  /** How often it changed. */
  changes: number;
}

/** A window over a WebSocket, which can stop drawing: then it acknowledges no frame until it draws again. */
export class Window {
  readonly client: ContractClient;
  /** Snapshots asked for again, because a patch was missing. */
  resyncs = 0;
  readonly #transport: SocketTransport;
  #draws = true;
  #undrawn: (() => void)[] = [];

  constructor(url: string) {
    this.#transport = new SocketTransport(url, (text) => {
      if (text.includes('"t":"resync"')) this.resyncs++;
    });
    this.client = new WireClient({
      transport: this.#transport,
      after: (ms, fn) => systemClock.after(ms, fn),
      now: () => systemClock.now(),
      keyOf: feedKey,
      whenDrawn: (acknowledge) => {
        if (this.#draws) acknowledge();
        else this.#undrawn.push(acknowledge);
      },
    });
  }

  /** Opens a feed and keeps what it shows. */
  show<N extends FeedName>(feed: N, params: FeedParams<N>): Shown<N> {
    const shown: Shown<N> = { view: { status: { status: 'waiting' }, state: null }, changes: 0 };
    this.client.open(feed, params, (view) => {
      shown.view = view;
      shown.changes++;
    });
    return shown;
  }

  /** Stops drawing, as a window does whose process stands still. */
  suspend(): void {
    this.#draws = false;
  }

  /** Draws again, what came meanwhile first. */
  resume(): void {
    this.#draws = true;
    for (const acknowledge of this.#undrawn.splice(0)) acknowledge();
  }

  /** Resolves when the window's socket is gone, closed from here or from there. */
  get closed(): Promise<void> {
    return this.#transport.closed;
  }

  close(): Promise<void> {
    this.client.close();
    return this.#transport.closed;
  }
}
