import { auditTarget } from '../../src-contract/hidden-slug.ts';
import { normalizeSymbol } from '../../src-contract/instrument.ts';

/** Texts that name what a command is about by themselves. */
const NAMES = ['name', 'id', 'drill'] as const;
/** Texts that are written down beside the name of their field. All other texts may be secret and are not. */
const SHOWN_TEXTS: ReadonlySet<string> = new Set(['symbol', 'list', 'number', 'format']);
/** Most characters of a value; what is longer is refused anyway. */
const MAX_VALUE = 40;
/** Most characters of a list of ids. */
const MAX_IDS = 400;

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
  if (field === 'ids') return shownIds(value);
  if (typeof value === 'number') return [`${field} ${value}`];
  if (typeof value !== 'string' || !SHOWN_TEXTS.has(field)) return [];
  const text = normalizeSymbol(field === 'symbol' ? value : '') ?? value.trim();
  return [`${field} ${cut(text, MAX_VALUE)}`];
}

/** Numbers as ranges: 3 to 5, 9. Ids that are texts name nothing to a reader. */
function shownIds(value: unknown): string[] {
  if (!Array.isArray(value) || !value.every((id) => typeof id === 'number')) return [];
  const ranges: { first: number; last: number }[] = [];
  for (const id of value.toSorted((one, other) => one - other)) {
    const range = ranges.at(-1);
    if (range !== undefined && id <= range.last + 1) range.last = id;
    else ranges.push({ first: id, last: id });
  }
  const texts = ranges.map(({ first, last }) => (first === last ? `${first}` : `${first} to ${last}`));
  return [`ids ${cut(texts.join(', '), MAX_IDS)}`];
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
