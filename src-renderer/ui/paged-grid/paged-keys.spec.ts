import { describe, expect, it } from 'vitest';
import { pagedIntent } from './paged-keys.ts';

const size = { rows: 5_000_000, columns: 4, page: 20 };
const at = { row: 100, column: 2 };

function ask(keys: string, from = at) {
  const parts = keys.split('+');
  return pagedIntent(
    {
      key: parts.at(-1) === 'Space' ? ' ' : (parts.at(-1) ?? ''),
      ctrlKey: parts.includes('Ctrl'),
      metaKey: false,
      shiftKey: parts.includes('Shift'),
      altKey: parts.includes('Alt'),
    },
    from,
    size,
  );
}

describe('the keys of a paged grid', () => {
  it.each([
    ['ArrowDown', { row: 101, column: 2 }],
    ['PageUp', { row: 80, column: 2 }],
    ['End', { row: 100, column: 3 }],
    ['Ctrl+Home', { row: 0, column: 0 }],
    ['Ctrl+End', { row: 4_999_999, column: 3 }],
  ])('%s moves the active cell', (keys, to) => {
    expect(ask(keys)).toEqual({ do: 'move', to });
  });

  it.each([
    ['Shift+ArrowDown', 101],
    ['Shift+PageUp', 80],
    ['Ctrl+Shift+End', 4_999_999],
    ['Shift+Space', 100],
  ])('%s selects up to there', (keys, row) => {
    expect(ask(keys)).toMatchObject({ do: 'extend', to: { row } });
  });

  it('extends no further up than the first row', () => {
    expect(ask('Shift+ArrowUp', { row: 0, column: 1 })).toEqual({ do: 'extend', to: { row: 0, column: 1 } });
  });

  it('selects, opens and lets go', () => {
    expect(ask('Ctrl+a')).toEqual({ do: 'select-all' });
    expect(ask('Space')).toEqual({ do: 'select' });
    expect(ask('Enter')).toEqual({ do: 'open' });
    expect(ask('Escape')).toEqual({ do: 'clear' });
  });

  it('sorts, resizes and moves columns from their headers', () => {
    const header = { row: -1, column: 2 };
    expect(ask('Shift+Enter', header)).toEqual({ do: 'sort', additive: true });
    expect(ask('Shift+ArrowRight', header)).toMatchObject({ do: 'resize' });
    expect(ask('Ctrl+Shift+ArrowLeft', header)).toEqual({ do: 'move-column', by: -1 });
    expect(ask('Ctrl+Shift+ArrowRight', header)).toEqual({ do: 'move-column', by: 1 });
  });

  it('leaves other keys to others', () => {
    expect(ask('Ctrl+c')).toBeNull();
    expect(ask('Alt+ArrowLeft')).toBeNull();
    expect(ask('x')).toBeNull();
  });
});
