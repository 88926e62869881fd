import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../lib/virtual-clock.ts';
import { DEFAULT_PRICE_RANGES, openPriceRanges, PRICE_RANGES_FILE } from './price-ranges.ts';

let folder: string;
let path: string;
let changes = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'price-ranges-'));
  path = join(folder, 'data', PRICE_RANGES_FILE);
});
afterEach(() => rm(folder, { recursive: true }));

async function open() {
  const clock = new VirtualClock();
  const ranges = await openPriceRanges(path, clock);
  /** Writes the file as somebody else would, and lets time pass until it is looked at again. */
  async function edit(text: string) {
    await writeFile(path, text);
    changes += 1;
    await utimes(path, 1_700_000_000 + changes, 1_700_000_000 + changes);
    await clock.advance(1000);
    await ranges.refresh();
  }
  return { clock, ranges, edit };
}

const symbols = (...names: string[]) =>
  JSON.stringify({ symbols: names.map((symbol) => ({ symbol, low: 1, high: 2 })) });

describe('the file of price ranges', () => {
  it('comes with the six known symbols', () => {
    expect(DEFAULT_PRICE_RANGES).toEqual([
      { symbol: 'AAPL', low: 145, high: 155 },
      { symbol: 'GOOGL', low: 2700, high: 2800 },
      { symbol: 'MSFT', low: 305, high: 320 },
      { symbol: 'TSLA', low: 240, high: 260 },
      { symbol: 'AMZN', low: 180, high: 200 },
      { symbol: 'NFLX', low: 450, high: 550 },
    ]);
  });

  it('is copied to the data folder at the first start, and left alone ever after', async () => {
    const { ranges } = await open();
    expect(ranges.problem).toBeNull();
    expect(ranges.current).toEqual(DEFAULT_PRICE_RANGES);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ symbols: DEFAULT_PRICE_RANGES });
    await writeFile(path, symbols('MINE'));
    const again = await open();
    expect(again.ranges.current).toEqual([{ symbol: 'MINE', low: 1, high: 2 }]);
  });

  it('is read again when it was changed, at most once a second', async () => {
    const { clock, ranges, edit } = await open();
    await edit(symbols('ONE'));
    expect(ranges.current.map(({ symbol }) => symbol)).toEqual(['ONE']);
    await writeFile(path, symbols('ONE', 'TWO'));
    await clock.advance(999);
    await ranges.refresh();
    expect(ranges.current).toHaveLength(1);
    await clock.advance(1);
    await ranges.refresh();
    expect(ranges.current).toHaveLength(2);
  });

  it('is told to be wrong in words, while the last good ranges go on, until it is mended', async () => {
    const { ranges, edit } = await open();
    await edit(symbols('GOOD'));
    await edit('{"symbols":[{"symbol":"BAD","low":2,"high":1}]}');
    expect(ranges.problem).toContain(PRICE_RANGES_FILE);
    expect(ranges.problem).toContain('/symbols/0 (BAD) needs 0 < low');
    expect(ranges.current.map(({ symbol }) => symbol)).toEqual(['GOOD']);
    await edit('no JSON');
    expect(ranges.problem).toContain('JSON');
    await edit(symbols('MENDED'));
    expect(ranges.problem).toBeNull();
    expect(ranges.current.map(({ symbol }) => symbol)).toEqual(['MENDED']);
  });

  it('may be deleted: the last good ranges go on, and it is told', async () => {
    const { clock, ranges } = await open();
    await rm(path);
    await clock.advance(1000);
    await ranges.refresh();
    expect(ranges.problem).toContain('ENOENT');
    expect(ranges.current).toEqual(DEFAULT_PRICE_RANGES);
  });

  it('is not read when it is larger than it may be', async () => {
    const { ranges, edit } = await open();
    await edit(' '.repeat(2 * 1024 * 1024));
    expect(ranges.problem).toContain('2097152 bytes; at most 1048576');
  });

  it('is a problem and no error where there cannot be one', async () => {
    await writeFile(join(folder, 'data'), 'a file, no folder');
    const { ranges } = await open();
    expect(ranges.problem).toContain(`${path} is not used as it is`);
    expect(ranges.current).toEqual(DEFAULT_PRICE_RANGES);
  });
});
