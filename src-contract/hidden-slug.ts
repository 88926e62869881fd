import type { AuditEntry } from './system.ts';

/** What stands where the slug of an opted-out portfolio was: not longer, so that what is stored stays where it is. */
export function starsFor(slug: string): string {
  return '*'.repeat(slug.length);
}

/** A subject's name with every token starred that is a slug to be hidden, in capitals too: they name it as well. */
export function hideInSubject(subject: string, isHidden: (slug: string) => boolean): string {
  return subject
    .split('.')
    .map((token) => (isHidden(token.toLowerCase()) ? starsFor(token) : token))
    .join('.');
}

/** How the target of an audit entry names a portfolio. */
export function auditTarget(slug: string): string {
  return `portfolio:${slug}`;
}

/** An audit entry with the portfolio starred, in target and result, that its target names, if its slug is to be hidden. */
export function hideInAudit(entry: AuditEntry, isHidden: (slug: string) => boolean): AuditEntry {
  const slug = /portfolio:(\S+)$/.exec(entry.target)?.[1];
  if (slug === undefined || !isHidden(slug)) return entry;
  const hide = (text: string): string => text.replaceAll(slug, starsFor(slug));
  return { ...entry, target: hide(entry.target), result: hide(entry.result) };
}
