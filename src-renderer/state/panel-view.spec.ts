import { describe, expect, it } from 'vitest';
import { askedView, panelView } from './panel-view.ts';

const never = (): boolean => {
  throw new Error('asked whether it is empty before there was a state');
};

describe('panelView', () => {
  it('is loading until the first snapshot', () => {
    expect(panelView({ status: { status: 'waiting' }, loaded: false }, never)).toEqual({ state: 'loading' });
  });

  it('is loading, not broken, while the page connects for the first time', () => {
    const status = { status: 'stale', since: 5, reason: 'connecting' } as const;
    expect(panelView({ status, loaded: false }, never)).toEqual({ state: 'loading' });
  });

  it('is live or empty by what the feed says', () => {
    const feed = { status: { status: 'live' }, loaded: true } as const;
    expect(panelView(feed, () => false).state).toBe('live');
    expect(panelView(feed, () => true).state).toBe('empty');
  });

  it('stays live while an engine that came back has not sent its snapshot yet', () => {
    expect(panelView({ status: { status: 'waiting' }, loaded: true }, () => false).state).toBe('live');
  });

  it('keeps showing old data, and says since when and why it is old', () => {
    const status = { status: 'stale', since: 5, reason: 'the engine stopped' } as const;
    expect(panelView({ status, loaded: true }, () => false)).toEqual({
      state: 'stale',
      since: 5,
      reason: 'the engine stopped',
      vacant: false,
    });
    expect(panelView({ status, loaded: true }, () => true).vacant).toBe(true);
  });

  it('has failed when the link broke before anything came', () => {
    const status = { status: 'stale', since: 5, reason: 'the engine stopped' } as const;
    expect(panelView({ status, loaded: false }, never)).toMatchObject({ state: 'failed', since: 5 });
  });

  it('shows the words of a refusal', () => {
    const status = { status: 'failed', error: { code: 'not_found', message: 'no such portfolio' } } as const;
    expect(panelView({ status, loaded: false }, never)).toEqual({
      state: 'failed',
      reason: 'no such portfolio',
    });
  });
});

describe('askedView', () => {
  const live = { status: { status: 'live' }, loaded: true } as const;
  const stale = {
    status: { status: 'stale', since: 5, reason: 'the engine stopped' },
    loaded: true,
  } as const;
  const failure = { since: 7, reason: 'the database is busy' };
  const some = (): boolean => false;

  it('is loading until the answer, and empty without asking for one when the feed says so', () => {
    const nothing = { answer: null, failure: null };
    expect(askedView(live, nothing, some)).toEqual({ state: 'loading' });
    expect(askedView(live, nothing, () => true)).toEqual({ state: 'empty' });
  });

  it('has failed when no answer ever came, and is stale when only the newest did not', () => {
    expect(askedView(live, { answer: null, failure }, some)).toEqual({ state: 'failed', ...failure });
    expect(askedView(live, { answer: 1, failure }, some)).toEqual({ state: 'stale', ...failure });
    expect(askedView(live, { answer: 1, failure: null }, some)).toEqual({ state: 'live' });
  });

  it('is as old as the feed that no longer says when to ask', () => {
    expect(askedView(stale, { answer: 1, failure }, some)).toMatchObject({ state: 'stale', since: 5 });
    expect(askedView(stale, { answer: null, failure: null }, some)).toMatchObject({
      state: 'failed',
      since: 5,
    });
    expect(askedView(stale, { answer: null, failure: null }, () => true)).toMatchObject({ vacant: true });
  });
});
