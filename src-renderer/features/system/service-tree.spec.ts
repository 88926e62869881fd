import { describe, expect, it } from 'vitest';
import { fakeService } from '../../state/fake-status.ts';
import { failedServices, serviceTree, unlisted } from './service-tree.ts';

describe('serviceTree', () => {
  it('puts what needs a look first in its group, and groups in a fixed order', () => {
    const tree = serviceTree([
      fakeService({ id: 'a', title: 'beta', group: 'portfolios' }),
      fakeService({ id: 'b', title: 'alpha', group: 'portfolios' }),
      fakeService({ id: 'c', title: 'omega', group: 'portfolios', state: 'failed' }),
      fakeService({ id: 'd', title: 'sigma', group: 'portfolios', state: 'backing_off' }),
      fakeService({ id: 'e', title: 'NATS', group: 'sources' }),
      fakeService({ id: 'f', title: 'Later', group: 'something new' }),
    ]);
    expect(tree.map(({ title, troubled }) => [title, troubled])).toEqual([
      ['Sources', 0],
      ['Portfolio workers', 2],
      ['something new', 0],
    ]);
    expect(tree[1]?.services.map(({ title }) => title)).toEqual(['omega', 'sigma', 'alpha', 'beta']);
  });
});

describe('failedServices', () => {
  it('are those that nobody restarts any more', () => {
    const services = [
      fakeService({ id: 'a', title: 'b', state: 'failed' }),
      fakeService({ id: 'b', title: 'a', state: 'failed' }),
      fakeService({ id: 'c', title: 'c', state: 'backing_off' }),
    ];
    expect(failedServices(services).map(({ title }) => title)).toEqual(['a', 'b']);
  });
});

describe('unlisted', () => {
  it('counts the services that run without a row', () => {
    const counts = { starting: 0, running: 40, backing_off: 1, failed: 1, stopped: 0 };
    expect(unlisted(counts, 7)).toBe(35);
    expect(unlisted(counts, 100)).toBe(0);
  });
});
