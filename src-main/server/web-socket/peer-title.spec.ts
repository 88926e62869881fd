import { describe, expect, it } from 'vitest';
import { peerTitle } from './peer-title.ts';

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)';

describe('the title of a client', () => {
  it.each([
    [`${AGENT} Chrome/141.0 Safari/537.36`, 'Chrome at 10.0.0.1'],
    [`${AGENT} HeadlessChrome/141.0 Safari/537.36`, 'Chrome at 10.0.0.1'],
    [`${AGENT} Chrome/141.0 Safari/537.36 Edg/141.0`, 'Edge at 10.0.0.1'],
    [`${AGENT} Version/18.0 Safari/605.1.15`, 'Safari at 10.0.0.1'],
    ['curl/8.0', 'Program at 10.0.0.1'],
    [undefined, 'Program at 10.0.0.1'],
  ])('of %s is %s', (agent, title) => {
    expect(peerTitle(agent, '10.0.0.1')).toBe(title);
  });
});
