import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeedView } from '../../src-contract/client.ts';
import { feedKey } from '../../src-contract/feed-keys.ts';
import type { Transport, TransportState } from '../../src-contract/transport.ts';
import { WireClient } from '../../src-contract/wire-client.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { ClientSession } from './client-session.ts';
import type { FeedSources } from './feed-source.ts';
import type { Handlers } from './handlers.ts';
import { FRAME_MS, Publisher } from './publisher.ts';

/** A store of sparks that the feed reads; every change is announced as the projections would. */
class World {
  readonly clock = new VirtualClock(0);
  readonly rows = new Map<string, number[]>();
  env = 'dev';
  publisher = this.#makePublisher();

  set(slug: string, value: number): void {
    this.rows.set(slug, [value]);
    this.publisher.touch('sparks', slug);
  }

  drop(slug: string): void {
    this.rows.delete(slug);
    this.publisher.touch('sparks', slug);
  }

  setHead(env: string): void {
    this.env = env;
    this.publisher.touchHead('sparks');
  }

  restart(): void {
    void this.publisher.stop();
    this.publisher = this.#makePublisher();
  }

  #makePublisher(): Publisher {
    const sparks = () => ({
      head: () => ({ env: this.env }),
      rows: () => [...this.rows].map(([slug, points]) => ({ slug, points })),
      row: (slug: string) => {
        const points = this.rows.get(slug);
        return points === undefined ? null : { slug, points };
      },
    });
    return new Publisher({ sparks } as Partial<FeedSources> as FeedSources, this.clock);
  }
}

/** A page: its client, the pipe to a session, and faults of the pipe. */
class Page implements Transport {
  view: FeedView<'sparks'> | null = null;
  frozen = false;
  loseNext = false;
  frames = 0;
  readonly #world: World;
  #session: ClientSession | null = null;
  #client: WireClient | null = null;
  #receive: (text: string) => void = () => undefined;
  #held: string[] = [];

  constructor(world: World) {
    this.#world = world;
    this.load();
  }

  load(): void {
    this.#client?.close();
    this.#held = [];
    const { clock } = this.#world;
    this.#client = new WireClient({
      transport: this,
      after: (ms, fn) => clock.after(ms, fn),
      now: () => clock.now(),
      keyOf: feedKey,
    });
    this.attach();
    this.#client.open('sparks', {}, (view) => {
      this.view = view;
    });
  }

  attach(): void {
    this.#session?.close();
    this.#held = [];
    const { clock, publisher } = this.#world;
    this.#session = new ClientSession({
      id: 'page',
      kind: 'browser',
      title: 'test',
      clock,
      publisher,
      handlers: {} as Handlers,
      deliver: (text) => this.#deliver(text),
      onVisible: () => undefined,
      audit: () => undefined,
    });
    this.#receive('{"t":"hello","epoch":"1","version":"1","env":"dev"}');
  }

  thaw(): void {
    this.frozen = false;
    const held = this.#held;
    this.#held = [];
    for (const text of held) this.#receive(text);
  }

  #deliver(text: string): void {
    this.frames++;
    if (this.loseNext) this.#lose(text);
    else if (this.frozen) this.#held.push(text);
    else this.#receive(text);
  }

  /** A lost frame is acknowledged all the same: the gap in the sequence has to be noticed by itself. */
  #lose(text: string): void {
    this.loseNext = false;
    const { frame } = JSON.parse(text) as { frame: number };
    this.#session?.receive(JSON.stringify({ t: 'ack', frame }));
  }

  send(text: string): void {
    this.#session?.receive(text);
  }

  onMessage(listener: (text: string) => void): () => void {
    this.#receive = listener;
    return () => {
      this.#receive = () => undefined;
    };
  }

  onState(listener: (state: TransportState) => void): () => void {
    listener({ state: 'open' });
    return () => undefined;
  }

  close(): void {
    this.#session?.close();
  }
}

const slug = fc.constantFrom('a', 'b', 'c', 'd');
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('set' as const), slug, value: fc.nat(99) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('drop' as const), slug }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('head' as const), env: fc.constantFrom('x', 'y') }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(120) }) },
  fc.record({
    do: fc.constantFrom(
      'freeze' as const,
      'thaw' as const,
      'reload' as const,
      'reconnect' as const,
      'restart' as const,
      'lose' as const,
      'replace' as const,
    ),
  }),
);

async function perform(
  world: World,
  page: Page,
  action: typeof step extends fc.Arbitrary<infer T> ? T : never,
) {
  switch (action.do) {
    case 'set':
      return world.set(action.slug, action.value);
    case 'drop':
      return world.drop(action.slug);
    case 'head':
      return world.setHead(action.env);
    case 'wait':
      return world.clock.advance(action.ms);
    case 'freeze':
      page.frozen = true;
      return;
    case 'thaw':
      return page.thaw();
    case 'reload':
      return page.load();
    case 'reconnect':
      return page.attach();
    case 'lose':
      page.loseNext = true;
      return;
    case 'replace':
      return world.publisher.replaceAll();
    case 'restart':
      world.restart();
      return page.attach();
  }
}

describe('feeds', () => {
  it('give snapshot + patches = state under any interleaving of changes, freezes, losses, reloads and restarts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (script) => {
        const world = new World();
        const page = new Page(world);
        for (const action of script) await perform(world, page, action);
        page.thaw();
        page.loseNext = false;
        world.set('last', 1);
        await world.clock.advance(10 * FRAME_MS);
        const rows = [...(page.view?.state?.rows.values() ?? [])].map((row) => [row.slug, row.points]);
        expect(new Map(rows as [string, number[]][])).toEqual(world.rows);
        expect(page.view?.state?.head).toEqual({ env: world.env });
        expect(page.view?.status).toEqual({ status: 'live' });
      }),
      { numRuns: 300 },
    );
  });

  it('send a page that does not draw no second frame, whatever happens meanwhile', async () => {
    const world = new World();
    const page = new Page(world);
    await world.clock.advance(FRAME_MS);
    page.frozen = true;
    world.set('a', 1);
    await world.clock.advance(FRAME_MS);
    const sent = page.frames;
    for (let round = 0; round < 100; round++) {
      world.set('a', round);
      await world.clock.advance(FRAME_MS);
    }
    expect(page.frames).toBe(sent);
  });

  it('send at most 20 frames a second', async () => {
    const world = new World();
    const page = new Page(world);
    await world.clock.advance(FRAME_MS);
    const before = page.frames;
    for (let round = 0; round < 1000; round++) {
      world.set('a', round);
      await world.clock.advance(1);
    }
    expect(page.frames - before).toBeLessThanOrEqual(20);
    expect(page.frames - before).toBeGreaterThanOrEqual(18);
  });

  it('hold no timer while nothing changes', async () => {
    const world = new World();
    new Page(world);
    await world.clock.advance(10 * FRAME_MS);
    expect(world.clock.pending).toBe(0);
  });
});
