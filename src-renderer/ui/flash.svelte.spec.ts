import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { flash } from './flash.svelte.ts';

let value = $state<unknown>(1);
let stop: () => void;
const animate = vi.fn();

beforeEach(() => {
  value = 1;
  animate.mockClear();
  const element = Object.assign(document.createElement('span'), { animate });
  stop = $effect.root(() => {
    $effect(() => void flash(() => value)(element));
  });
  flushSync();
});
afterEach(() => {
  stop();
  document.documentElement.removeAttribute('data-flash');
});

function become(next: unknown): void {
  value = next;
  flushSync();
}

const colour = (): unknown => (animate.mock.lastCall?.[0] as Keyframe[])[0]?.['backgroundColor'];

describe('flash', () => {
  it('is silent at first, then shows which way a number went', () => {
    expect(animate).not.toHaveBeenCalled();
    become(2);
    expect(colour()).toContain('--up');
    become(1);
    expect(colour()).toContain('--down');
  });

  it('uses the accent for what has no direction', () => {
    become('running');
    expect(colour()).toContain('--accent');
  });

  it('does not greet a value that only became known', () => {
    become(null);
    animate.mockClear();
    become(5);
    expect(animate).not.toHaveBeenCalled();
  });

  it('is turned off by the setting', () => {
    document.documentElement.dataset['flash'] = 'off';
    become(2);
    expect(animate).not.toHaveBeenCalled();
  });
});
