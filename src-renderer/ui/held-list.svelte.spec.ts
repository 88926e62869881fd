import { describe, expect, it } from 'vitest';
import { HeldList } from './held-list.svelte.ts';

interface Line {
  id: string;
  figure: number;
}

async function show(first: Line[]) {
  const source = $state({ lines: first });
  const list = new HeldList<Line>(
    () => source.lines,
    (line) => line.id,
  );
  const element = document.createElement('ul');
  list.hold(element);
  // Svelte listens to pointers from the next microtask on.
  await Promise.resolve();
  return {
    change: (lines: Line[]) => {
      source.lines = lines;
    },
    point: (type: string) => element.dispatchEvent(new PointerEvent(type, { pointerType: 'mouse' })),
    focus: (type: string) => element.dispatchEvent(new FocusEvent(type)),
    read: () => list.items.map((line) => `${line.id} ${line.figure}`),
  };
}

const a1 = { id: 'a', figure: 1 };
const b2 = { id: 'b', figure: 2 };

describe('HeldList', () => {
  it('follows its source', async () => {
    const list = await show([a1, b2]);
    list.change([b2, a1]);
    expect(list.read()).toEqual(['b 2', 'a 1']);
  });

  it('keeps places under the pointer, with the newest figures', async () => {
    const list = await show([a1, b2]);
    expect(list.read()).toEqual(['a 1', 'b 2']);
    list.point('pointerenter');
    list.change([{ id: 'b', figure: 9 }, a1, { id: 'c', figure: 0 }]);
    expect(list.read()).toEqual(['a 1', 'b 9']);
    list.point('pointerleave');
    expect(list.read()).toEqual(['b 9', 'a 1', 'c 0']);
  });

  it('keeps the last figures of what is gone while the focus is in it', async () => {
    const list = await show([a1, b2]);
    expect(list.read()).toEqual(['a 1', 'b 2']);
    list.focus('focusin');
    list.change([a1]);
    expect(list.read()).toEqual(['a 1', 'b 2']);
    list.focus('focusout');
    expect(list.read()).toEqual(['a 1']);
  });
});
