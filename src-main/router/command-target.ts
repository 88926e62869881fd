import { auditTarget } from '../../src-contract/hidden-slug.ts';
import { normalizeSymbol } from '../../src-contract/instrument.ts';

/** Texts that name what a command is about by themselves. */
const NAMES = ['name', 'id', 'drill'] as const;
/** Texts that are written down beside the name of their field. All other texts may be secret and are not. */
const SHOWN_TEXTS: ReadonlySet<string> = new Set(['symbol', 'list', 'number', 'format']);
/** Most characters of a value; what is longer is refused anyway. */
const MAX_VALUE = 40;

/**
 * What a command was about, in words for the audit list: its names, then symbols, lists and numbers with their fields. Where
 * it has none of these only its fields are named, as of settings, so that no secret is written down.
 */
export function commandTarget(args: unknown): string {
  const given = args as Record<string, unknown>;
  const names = NAMES.flatMap((field) => (typeof given[field] === 'string' ? [given[field]] : []));
  const values = Object.entries(given).flatMap(([field, value]) => shown(field, value));
  const words = [...names, ...values].join(', ');
  // At the end, and in the form, that is found again when the portfolio opts out.
  if (typeof given['slug'] === 'string') return `${words} ${auditTarget(given['slug'])}`.trim();
  return words === '' ? Object.keys(given).join(', ') : words;
}

function shown(field: string, value: unknown): string[] {
  if (typeof value === 'number') return [`${field} ${value}`];
  if (typeof value !== 'string' || !SHOWN_TEXTS.has(field)) return [];
  const text = normalizeSymbol(field === 'symbol' ? value : '') ?? value.trim();
  return [`${field} ${text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text}`];
}
