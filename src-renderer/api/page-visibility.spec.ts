import { afterEach, describe, expect, it, vi } from 'vitest';
import { pageVisibility } from './page-visibility.ts';

afterEach(() => vi.restoreAllMocks());

describe('the visibility of the page', () => {
  it('follows the document until nobody listens any more', () => {
    const state = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
    const seen: boolean[] = [];
    const stop = pageVisibility.onChange(() => seen.push(pageVisibility.visible));
    state.mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    state.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    stop();
    document.dispatchEvent(new Event('visibilitychange'));
    expect(seen).toEqual([false, true]);
  });
});
