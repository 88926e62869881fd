import { describe, expect, it } from 'vitest';
import { isTyping, KeySequence } from './key-sequence.ts';

function setUp() {
  const done: string[] = [];
  const sequence = new KeySequence(
    new Map(['?', 'g o', 'mod k'].map((keys) => [keys, () => void done.push(keys)] as const)),
  );
  const press = (
    key: string,
    at = 0,
    more: { ctrlKey?: boolean; altKey?: boolean } = {},
    typing = false,
  ): boolean =>
    sequence.press(
      { key, timeStamp: at, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more },
      typing,
    );
  return { done, press };
}

describe('KeySequence', () => {
  it('knows one key, two in a row, and a key with Ctrl', () => {
    const { done, press } = setUp();
    expect([press('?'), press('g'), press('o'), press('k', 0, { ctrlKey: true })]).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(done).toEqual(['?', 'g o', 'mod k']);
  });

  it('forgets the first key of two after a while', () => {
    const { done, press } = setUp();
    press('g', 0);
    press('o', 1300);
    expect(done).toEqual([]);
  });

  it('leaves text to whoever types it, but not Ctrl', () => {
    const { done, press } = setUp();
    press('?', 0, {}, true);
    press('k', 0, { ctrlKey: true }, true);
    expect(done).toEqual(['mod k']);
  });

  it('leaves Alt to the system', () => {
    const { done, press } = setUp();
    expect(press('?', 0, { altKey: true })).toBe(false);
    expect(done).toEqual([]);
  });
});

describe('isTyping', () => {
  it('is true in texts and lists, false on buttons and boxes', () => {
    const make = (html: string): Element | null => {
      const holder = document.createElement('div');
      holder.innerHTML = html;
      return holder.firstElementChild;
    };
    expect(
      ['<input>', '<textarea></textarea>', '<select></select>'].map((html) => isTyping(make(html))),
    ).toEqual([true, true, true]);
    expect(['<button></button>', '<input type="checkbox">'].map((html) => isTyping(make(html)))).toEqual([
      false,
      false,
    ]);
  });
});
