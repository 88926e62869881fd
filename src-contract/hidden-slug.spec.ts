import { describe, expect, it } from 'vitest';
import { auditTarget, hideInAudit, hideInSubject } from './hidden-slug.ts';

const isGone = (slug: string) => slug === 'gone';

describe('hiding a slug', () => {
  it.each([
    ['portfolio.renamed.gone', 'portfolio.renamed.****'],
    ['gone', '****'],
    ['portfolio.renamed.Gone', 'portfolio.renamed.****'],
    ['portfolio.gone-not.forgone', 'portfolio.gone-not.forgone'],
  ])('stars whole tokens of the subject %s', (subject, shown) => {
    expect(hideInSubject(subject, isGone)).toBe(shown);
  });

  it('stars the portfolio an audit entry is about, in what came of it too', () => {
    const entry = { id: 1, at: '2026-11-21T09:30:00.000Z', actor: 'http: gone', action: 'drill.run' };
    const target = `crash_portfolio ${auditTarget('gone')}`;
    expect(hideInAudit({ ...entry, target, result: 'portfolio gone is not shared' }, isGone)).toEqual({
      ...entry,
      target: 'crash_portfolio portfolio:****',
      result: 'portfolio **** is not shared',
    });
    const other = { ...entry, target: auditTarget('gone-not'), result: 'gone' };
    expect(hideInAudit(other, isGone)).toEqual(other);
  });
});
