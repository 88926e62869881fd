import { describe, expect, it } from 'vitest';
import { MAX_IN_FLIGHT, MAX_PAGES, PAGE_ROWS, PageCache } from './page-cache.svelte.ts';

/** A server whose answers wait until they are let go; row n is the number n. */
class Server {
  readonly asked: number[] = [];
  readonly signals: AbortSignal[] = [];
  readonly #waiting: { page: number; resolve(rows: number[]): void; reject(reason: Error): void }[] = [];
  readonly #length: number;

  constructor(length: number) {
    this.#length = length;
  }

  readonly fetch = (offset: number, limit: number, signal: AbortSignal): Promise<readonly number[]> => {
    this.asked.push(offset / PAGE_ROWS);
    this.signals.push(signal);
    return new Promise((resolve, reject) => {
      const length = Math.max(0, Math.min(limit, this.#length - offset));
      const rows = Array.from({ length }, (_, index) => offset + index);
      this.#waiting.push({ page: offset / PAGE_ROWS, resolve: () => resolve(rows), reject });
    });
  };

  get inFlight(): number {
    return this.#waiting.length;
  }

  async answer(): Promise<void> {
    this.#waiting.shift()?.resolve([]);
    await settled();
  }

  async fail(reason: string): Promise<void> {
    this.#waiting.shift()?.reject(new Error(reason));
    await settled();
  }

  async answerAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.answer();
  }
}

/** Lets everything go on that waits for a promise which is settled. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

function setUp(length = 1_000_000) {
  const server = new Server(length);
  return { server, cache: new PageCache<number>(server.fetch) };
}

describe('PageCache', () => {
  it('asks for the pages in view and the one ahead, and gives their rows', async () => {
    const { server, cache } = setUp();
    cache.want(150, 190, 1, null);
    await server.answerAll();
    expect(server.asked).toEqual([1, 2]);
    expect(cache.rowAt(150)).toBe(150);
    expect(cache.stateAt(150)).toBe('ready');
    expect(cache.stateAt(0)).toBe('loading');
  });

  it('asks for the page before the view while it moves up', async () => {
    const { server, cache } = setUp();
    cache.want(520, 560, -1, null);
    await server.answerAll();
    expect(server.asked).toEqual([5, 4]);
  });

  it('asks for nothing behind the end', async () => {
    const { server, cache } = setUp(130);
    cache.want(90, 130, 1, 130);
    await server.answerAll();
    expect(server.asked).toEqual([0, 1]);
  });

  it('sends, of a fast scroll over a thousand pages, only what can be answered on the way and what it ends at', async () => {
    const { server, cache } = setUp();
    for (let page = 0; page < 1000; page++) {
      cache.want(page * PAGE_ROWS, page * PAGE_ROWS + 40, 1, 1_000_000);
      expect(server.inFlight).toBeLessThanOrEqual(MAX_IN_FLIGHT);
      if (page % 100 === 50) await server.answer();
    }
    await server.answerAll();
    expect(server.asked.length).toBeLessThanOrEqual(16);
    expect(cache.rowAt(99_900)).toBe(99_900);
    expect(server.asked).toContain(999);
  });

  it('asks for the latest wanted page as soon as one of the two requests is answered', async () => {
    const { server, cache } = setUp();
    cache.want(0, 40, 1, null);
    cache.want(50_000, 50_040, 1, null);
    cache.want(70_000, 70_040, 1, null);
    await server.answer();
    expect(server.asked).toEqual([0, 1, 700]);
  });

  it('keeps no more pages than its limit, and always those in view', async () => {
    const { server, cache } = setUp();
    for (let page = 0; page < 200; page += 2) {
      cache.want(page * PAGE_ROWS, page * PAGE_ROWS + 40, 1, 1_000_000);
      await server.answerAll();
    }
    const kept = Array.from({ length: 201 }, (_, page) => cache.rowAt(page * PAGE_ROWS)).filter(
      (row) => row !== undefined,
    );
    expect(kept).toHaveLength(MAX_PAGES);
    expect(cache.rowAt(198 * PAGE_ROWS)).toBe(19_800);
    expect(cache.rowAt(0)).toBeUndefined();
  });

  it('keeps what was seen last when it has to let go', async () => {
    const { server, cache } = setUp();
    for (let page = 0; page < 100; page++) {
      cache.want(page * PAGE_ROWS, page * PAGE_ROWS + 40, 1, 1_000_000);
      await server.answerAll();
      cache.want(0, 40, 1, 1_000_000);
    }
    const asked = server.asked.length;
    cache.want(0, 40, 1, 1_000_000);
    expect(server.asked).toHaveLength(asked);
    expect(cache.rowAt(0)).toBe(0);
  });

  it('says why a page failed, asks again only when it is told to, and then has its rows', async () => {
    const { server, cache } = setUp(80);
    cache.want(0, 40, 1, 80);
    await server.fail('no link');
    cache.want(0, 40, 1, 80);
    expect(cache.failureIn(0, 40)).toBe('no link');
    expect(cache.stateAt(3)).toBe('failed');
    expect(server.asked).toEqual([0]);
    cache.retry();
    await server.answerAll();
    expect(cache.failureIn(0, 40)).toBeNull();
    expect(cache.rowAt(3)).toBe(3);
  });

  it('forgets a failure that is out of sight, so that coming back asks again', async () => {
    const { server, cache } = setUp();
    cache.want(0, 40, 1, null);
    await server.fail('no link');
    await server.answerAll();
    cache.want(900, 940, 1, null);
    cache.want(0, 40, 1, null);
    await server.answerAll();
    expect(cache.rowAt(0)).toBe(0);
  });

  it('learns the end of the list from a page that is not full', async () => {
    const { server, cache } = setUp(130);
    cache.want(0, 40, 1, null);
    await server.answerAll();
    expect(cache.end).toBe(130);
    expect(cache.isEndKnown).toBe(true);
    expect(cache.stateAt(129)).toBe('ready');
    expect(cache.stateAt(130)).toBe('gone');
  });

  it('reads rows over several pages, two requests at a time, behind what is in view', async () => {
    const { server, cache } = setUp();
    const reading = cache.read(50, 420);
    cache.want(9000, 9040, 1, null);
    while (server.inFlight > 0) {
      expect(server.inFlight).toBeLessThanOrEqual(MAX_IN_FLIGHT);
      await server.answer();
    }
    const rows = await reading;
    expect(rows).toHaveLength(370);
    expect([rows[0], rows.at(-1)]).toEqual([50, 419]);
    expect(server.asked.indexOf(90)).toBeLessThan(server.asked.indexOf(1));
  });

  it('rejects a reading whose page fails, with the reason', async () => {
    const { server, cache } = setUp();
    const reading = cache.read(0, 10);
    const outcome = expect(reading).rejects.toThrow('no link');
    await server.fail('no link');
    await outcome;
  });

  it('aborts what is under way when it is stopped, and asks for nothing more', async () => {
    const { server, cache } = setUp();
    const reading = cache.read(0, 300);
    const outcome = expect(reading).rejects.toThrow('changed meanwhile');
    cache.want(0, 40, 1, null);
    cache.stop();
    await outcome;
    expect(server.signals.every((signal) => signal.aborted)).toBe(true);
    const asked = server.asked.length;
    await server.answerAll();
    expect(server.asked).toHaveLength(asked);
    await expect(cache.read(0, 10)).rejects.toThrow('changed meanwhile');
  });
});
