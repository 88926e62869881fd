import { describe, expect, it } from 'vitest';
import { MAX_REDRIVE } from '../../../../src-contract/reject-bench.ts';
import { fakeReject } from '../../../state/fake-analytics.ts';
import { RejectChoice } from './reject-choice.svelte.ts';

describe('the chosen rejects', () => {
  it('are chosen and let go one by one', () => {
    const choice = new RejectChoice();
    expect(choice.toggle(fakeReject(1))).toBe(true);
    expect(choice.toggle(fakeReject(2))).toBe(true);
    expect(choice.toggle(fakeReject(1))).toBe(true);
    expect(choice.ids).toEqual([2]);
  });

  it('hold none that was redriven already', () => {
    const choice = new RejectChoice();
    const done = fakeReject(3, { redriven_at: '2026-11-21T10:00:00.000Z' });
    expect(choice.toggle(done)).toBe(false);
    expect(choice.add([done, fakeReject(4)])).toBe(true);
    expect(choice.ids).toEqual([4]);
  });

  it('are never more than one call takes', () => {
    const choice = new RejectChoice();
    const many = Array.from({ length: MAX_REDRIVE + 1 }, (_, index) => fakeReject(index + 1));
    expect(choice.add(many)).toBe(false);
    expect(choice.size).toBe(MAX_REDRIVE);
    expect(choice.toggle(fakeReject(MAX_REDRIVE + 1))).toBe(false);
  });
});
