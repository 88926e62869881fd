import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeldOrder, pendingWords } from './held-order.ts';

describe('HeldOrder', () => {
  it('follows the wanted order while it is not held', () => {
    const order = new HeldOrder();
    expect(order.arrange(['a', 'b'], false, '1').keys).toEqual(['a', 'b']);
    expect(order.arrange(['b', 'a', 'c'], false, '1')).toEqual({
      keys: ['b', 'a', 'c'],
      added: 0,
      removed: 0,
      reordered: false,
    });
  });

  it('keeps the shown order while held and says what waits', () => {
    const order = new HeldOrder();
    order.arrange(['a', 'b', 'c'], false, '1');
    expect(order.arrange(['c', 'x', 'b', 'y'], true, '1')).toEqual({
      keys: ['a', 'b', 'c'],
      added: 2,
      removed: 1,
      reordered: true,
    });
  });

  it('does not call it another order when rows only came or went', () => {
    const order = new HeldOrder();
    order.arrange(['a', 'b', 'c'], false, '1');
    expect(order.arrange(['x', 'a', 'c'], true, '1').reordered).toBe(false);
  });

  it('catches up once it is released', () => {
    const order = new HeldOrder();
    order.arrange(['a', 'b'], false, '1');
    order.arrange(['b', 'a'], true, '1');
    expect(order.arrange(['b', 'a'], false, '1').keys).toEqual(['b', 'a']);
  });

  it('never holds back what the user asked for', () => {
    const order = new HeldOrder();
    order.arrange(['a', 'b'], false, 'by name');
    expect(order.arrange(['b', 'a'], true, 'by value').keys).toEqual(['b', 'a']);
    expect(order.arrange(['a', 'b'], true, 'by value').keys).toEqual(['b', 'a']);
  });

  it('has nothing to hold still while it is empty', () => {
    const order = new HeldOrder();
    order.arrange([], false, '1');
    expect(order.arrange(['a'], true, '1').keys).toEqual(['a']);
  });

  it('accounts for every row: shown and new less removed are the wanted ones', () => {
    const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'));
    fc.assert(
      fc.property(keys, keys, (before, after) => {
        const order = new HeldOrder();
        order.arrange(before, false, '1');
        const view = order.arrange(after, true, '1');
        expect(view.keys.length + view.added - view.removed).toBe(after.length);
      }),
    );
  });
});

describe('pendingWords', () => {
  it('names what waits and nothing else', () => {
    const nothing = { keys: [], added: 0, removed: 0, reordered: false };
    expect(pendingWords(nothing)).toBe('');
    expect(pendingWords({ ...nothing, added: 3 })).toBe('3 new');
    expect(pendingWords({ ...nothing, reordered: true })).toBe('Order changed');
    expect(pendingWords({ keys: [], added: 1, removed: 2, reordered: true })).toBe(
      '1 new · 2 removed · order changed',
    );
  });
});
