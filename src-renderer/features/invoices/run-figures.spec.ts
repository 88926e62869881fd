import { describe, expect, it } from 'vitest';
import { fakeRun } from '../../state/fake-invoice.ts';
import { changedFigures, readFigures } from './run-figures.ts';

describe('readFigures', () => {
  it('says how many invoices figures make', () => {
    expect(readFigures({ rate_per_s: '20' }, fakeRun()).planned).toBe(6000);
  });

  it.each(['0', '5001', '-1', '1e3', 'fast', ''])('refuses “%s” with the limits', (text) => {
    const { complaints, figures } = readFigures({ rate_per_s: text }, fakeRun());
    expect(complaints.rate_per_s).toBe('Use a number from 0.1 to 5,000.');
    expect(figures.rate_per_s).toBe(5);
  });

  it('refuses more than a run can make', () => {
    const { complaints } = readFigures({ rate_per_s: '5000', duration_s: '86400' }, fakeRun());
    expect(complaints.duration_s).toMatch(/432,000,000 invoices; a run makes at most 10,000,000/);
  });
});

describe('changedFigures', () => {
  it('names only what is different', () => {
    const { figures } = readFigures({ rate_per_s: '20', duration_s: '300' }, fakeRun());
    expect(changedFigures(figures, fakeRun())).toEqual({ rate_per_s: 20 });
  });
});
