import { redactText } from './redact-text.ts';

const HIDDEN = '***';
const SECRET_NAME =
  /passw(or)?d|passphrase|token|secret|seed|creds|credential|authorization|cookie|jwt|nkey|(api|private)_?-?key/i;
const MOST_CHARACTERS = 8_192;
const MOST_ENTRIES = 100;
const DEEPEST = 6;

/** Turns what is about to be logged into plain, bounded JSON values without secrets. */
export interface Redaction {
  /** A message, or any text: user info in URLs, bearer tokens, NKey seeds hidden; cut to 8,192 characters. */
  text(text: string): string;
  /** Fields at any depth: the same for texts, and whatever stands under a secret's name hidden whole. */
  fields(fields: Record<string, unknown>): Record<string, unknown>;
}

/**
 * Hides fields whose name contains password, passphrase, token, secret, seed, creds, credential, authorization,
 * cookie, jwt, nkey, api key or private key, in any case, and those named exactly as one of `names`, in any case.
 * Lists and objects are cut to 100 entries and 6 levels, which also ends cycles; errors become
 * `{name, message, code, stack, cause}`.
 */
export function redaction(names: readonly string[]): Redaction {
  const own = new Set(names.map((name) => name.toLowerCase()));

  function plain(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return text(value);
    if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function')
      return String(value);
    if (typeof value !== 'object' || value === null) return value;
    return depth > DEEPEST ? '[deeper]' : object(value, depth);
  }

  function object(value: object, depth: number): unknown {
    if (Array.isArray(value)) return list(value, depth);
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (value instanceof Error) return entries(errorFields(value), depth);
    if (value instanceof Map || value instanceof Set) return list([...value], depth);
    if (value instanceof URL) return text(value.href);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString();
    return entries(Object.entries(value), depth);
  }

  function list(items: readonly unknown[], depth: number): unknown[] {
    const kept = items.slice(0, MOST_ENTRIES).map((item) => plain(item, depth + 1));
    if (items.length > MOST_ENTRIES) kept.push(`[${items.length - MOST_ENTRIES} more]`);
    return kept;
  }

  function entries(all: readonly (readonly [string, unknown])[], depth: number): Record<string, unknown> {
    const kept = all
      .slice(0, MOST_ENTRIES)
      .map(([name, value]) => [text(name), secret(name) ? HIDDEN : plain(value, depth + 1)] as const);
    if (all.length > MOST_ENTRIES) kept.push(['more', `[${all.length - MOST_ENTRIES} more]`]);
    return Object.fromEntries(kept);
  }

  function secret(name: string): boolean {
    return SECRET_NAME.test(name) || own.has(name.toLowerCase());
  }

  return { text, fields: (fields) => entries(Object.entries(fields), 0) };
}

function text(value: string): string {
  const clean = redactText(value);
  if (clean.length <= MOST_CHARACTERS) return clean;
  return `${clean.slice(0, MOST_CHARACTERS)}[${clean.length - MOST_CHARACTERS} more]`;
}

function errorFields(error: Error): [string, unknown][] {
  const fields: [string, unknown][] = [
    ['name', error.name],
    ['message', error.message],
  ];
  if ('code' in error) fields.push(['code', error.code]);
  if (error instanceof AggregateError) fields.push(['errors', error.errors]);
  fields.push(['stack', error.stack]);
  if (error.cause !== undefined) fields.push(['cause', error.cause]);
  return fields;
}
