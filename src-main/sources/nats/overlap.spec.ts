import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Overlap } from './overlap.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('Overlap', () => {
  it('recognises a message by subject and body, once for each time it was taken', () => {
    const overlap = new Overlap();
    overlap.remember('a', bytes('1'), 10);
    overlap.remember('a', bytes('1'), 20);
    expect(overlap.takes('b', bytes('1'), 5)).toBe(false);
    expect(overlap.takes('a', bytes('2'), 5)).toBe(false);
    expect([5, 15, 15].map((at) => overlap.takes('a', bytes('1'), at))).toEqual([true, true, false]);
  });

  it('tells an equal message that was published after the one taken', () => {
    const overlap = new Overlap();
    overlap.remember('a', bytes('1'), 10);
    overlap.remember('a', bytes('2'), 30);
    expect(overlap.takes('a', bytes('1'), 11)).toBe(false);
    expect(overlap.takes('a', bytes('2'), 30)).toBe(true);
  });

  it('keeps a copy: the bytes may change afterwards', () => {
    const overlap = new Overlap();
    const body = Buffer.from('1');
    overlap.remember('a', body, 10);
    body.write('2');
    expect(overlap.takes('a', bytes('1'), 0)).toBe(true);
  });

  it('tells long bodies apart that differ in the middle only', () => {
    const overlap = new Overlap();
    const long = (middle: string): Uint8Array => bytes(`${'x'.repeat(500)}${middle}${'y'.repeat(500)}`);
    overlap.remember('a', long('1'), 10);
    overlap.remember('a', long('2'), 11);
    expect([long('2'), long('3'), long('1')].map((body) => overlap.takes('a', body, 0))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('remembers as many as it says, and at most twice as many', () => {
    const overlap = new Overlap(100, 1000);
    for (let index = 0; index < 1050; index += 1) overlap.remember('a', bytes(String(index)), index);
    const kept = Array.from({ length: 1050 }, (_, index) => overlap.takes('a', bytes(String(index)), 0));
    const first = kept.indexOf(true);
    expect(kept.slice(first)).toEqual(kept.slice(first).map(() => true));
    expect(1050 - first).toBeGreaterThanOrEqual(100);
    expect(1050 - first).toBeLessThanOrEqual(200);
  });

  it('forgets earlier when bodies are large, and does not remember one that is too large', () => {
    const overlap = new Overlap(100, 1000);
    overlap.remember('a', Buffer.alloc(1001), 1);
    expect(overlap.empty).toBe(true);
    for (let index = 0; index < 5; index += 1) overlap.remember('a', Buffer.alloc(600, index), index);
    expect(Array.from({ length: 5 }, (_, index) => overlap.takes('a', Buffer.alloc(600, index), 0))).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  it('forgets everything when it is cleared', () => {
    const overlap = new Overlap();
    overlap.remember('a', bytes('1'), 10);
    overlap.clear();
    expect([overlap.empty, overlap.takes('a', bytes('1'), 0)]).toEqual([true, false]);
  });

  it('leaves exactly what was not taken, for any messages and any moment of change', () => {
    const message = fc.record({
      subject: fc.constantFrom('a', 'b'),
      body: fc.constantFrom('1', '2', '3', 'x'.repeat(200)),
    });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 60 }), fc.nat(60), fc.nat(60), (messages, made, changed) => {
        const overlap = new Overlap();
        const end = Math.max(made, changed);
        messages.forEach(({ subject, body }, at) => {
          if (at < end) overlap.remember(subject, bytes(body), at + 0.5);
        });
        const read = messages
          .map((each, at) => ({ ...each, at }))
          .slice(made)
          .filter(({ subject, body, at }) => !overlap.takes(subject, bytes(body), at));
        expect(read.map(({ at }) => at)).toEqual(messages.map((_, at) => at).slice(end));
      }),
    );
  });

  it('is fast however often the same message comes', () => {
    const overlap = new Overlap();
    for (let index = 0; index < 60_000; index += 1) overlap.remember('a', bytes('same'), index);
    let taken = 0;
    const begun = performance.now();
    for (let index = 0; index < 60_000; index += 1) if (overlap.takes('a', bytes('same'), index)) taken += 1;
    expect(taken).toBeGreaterThanOrEqual(32_768);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});
