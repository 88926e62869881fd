import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Persisted } from './persisted.svelte.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

beforeEach(() => localStorage.clear());

describe('Persisted', () => {
  it('is remembered over a reload', () => {
    new Persisted('tab', 'first', isText).current = 'second';
    expect(new Persisted('tab', 'first', isText).current).toBe('second');
  });

  it('ignores what it does not accept or cannot read', () => {
    localStorage.setItem('pulsedesk.tab', '7');
    expect(new Persisted('tab', 'first', isText).current).toBe('first');
    localStorage.setItem('pulsedesk.tab', '{broken');
    expect(new Persisted('tab', 'first', isText).current).toBe('first');
  });

  it('lasts as long as the page when nothing can be kept', () => {
    const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('full');
    });
    const choice = new Persisted('tab', 'first', isText);
    choice.current = 'second';
    expect(choice.current).toBe('second');
    full.mockRestore();
  });
});
