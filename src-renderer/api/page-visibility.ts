import type { Visibility } from '../../src-contract/wire-client.ts';

/** Whether the page can be seen: a browser hides those in the background, Electron those of hidden and minimised windows. */
export const pageVisibility: Visibility = {
  get visible() {
    return document.visibilityState === 'visible';
  },
  onChange(listener) {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
};
