import { describe, expect, it } from 'vitest';
import { LinkWatch } from './link-watch.ts';

const live = { state: 'live', version: '0.1.0', env: 'demo' } as const;
const broken = (since: number, reason: string) =>
  ({ state: 'connecting', since, reason, retryAt: null }) as const;

describe('LinkWatch', () => {
  it('says nothing of the first connection', () => {
    const watch = new LinkWatch();
    expect(watch.see(broken(0, 'connecting'), 0)).toBeNull();
    expect(watch.see(live, 500)).toBeNull();
  });

  it('says for how long and why the link was broken, once it is back', () => {
    const watch = new LinkWatch();
    watch.see(live, 0);
    expect(watch.see(broken(1000, 'the engine stopped'), 1000)).toBeNull();
    expect(watch.see(live, 1640)).toBe('Live again after 0.6 s: the engine stopped');
    expect(watch.see(live, 2000)).toBeNull();
  });

  it('tells the first reason when attempts failed for others', () => {
    const watch = new LinkWatch();
    watch.see(live, 0);
    watch.see(broken(1000, 'the engine stopped'), 1000);
    watch.see(broken(1000, 'no answer'), 4000);
    expect(watch.see(live, 126_000)).toBe('Live again after 2 min 5 s: the engine stopped');
  });
});
