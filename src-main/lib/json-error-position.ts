const SPACE = /[ \t\n\r]*/y;
const PLAIN = /[^"\\\0-\x1f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-f]{4})/iy;
const DIGITS = /\d+/y;
const WORDS = ['true', 'false', 'null'];

/** Raised inside the scan only, with the offset of the first byte that no JSON text can have there. */
class Stray extends Error {
  readonly at: number;
  constructor(at: number) {
    super();
    this.at = at;
  }
}

/**
 * Finds where bytes stop being JSON: the offset of the first byte at which no valid text can go on, or their number
 * when the text ends too early. Null when they are JSON, as far as UTF-8 allows. Works without recursion, so that
 * depth costs nothing. (What `JSON.parse` says names no position for short texts, and counts characters, not bytes.)
 */
export function jsonErrorPosition(bytes: Uint8Array): number | null {
  // One character per byte: what has a meaning in JSON is ASCII, and offsets stay those of the bytes.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  try {
    scan(text);
    return null;
  } catch (error) {
    if (error instanceof Stray) return error.at;
    throw error;
  }
}

function scan(text: string): void {
  const closers: string[] = [];
  let at = skip(text, SPACE, 0);
  for (;;) {
    at = skip(text, SPACE, at);
    const opened = text[at] === '[' ? ']' : text[at] === '{' ? '}' : null;
    if (opened !== null) {
      at = skip(text, SPACE, at + 1);
      if (text[at] !== opened) {
        closers.push(opened);
        at = opened === '}' ? key(text, at) : at;
        continue;
      }
      at += 1;
    } else {
      at = scalar(text, at);
    }
    const next = afterValue(text, at, closers);
    if (next === null) return;
    at = next;
  }
}

/** Closes what ends here; answers where the next value begins, or null at the end of the text. */
function afterValue(text: string, from: number, closers: string[]): number | null {
  let at = skip(text, SPACE, from);
  while (closers.length > 0 && text[at] === closers.at(-1)) {
    closers.pop();
    at = skip(text, SPACE, at + 1);
  }
  const closer = closers.at(-1);
  if (closer === undefined) {
    if (at < text.length) throw new Stray(at);
    return null;
  }
  if (text[at] !== ',') throw new Stray(at);
  at = skip(text, SPACE, at + 1);
  return closer === '}' ? key(text, at) : at;
}

function key(text: string, from: number): number {
  const colon = skip(text, SPACE, string(text, from));
  if (text[colon] !== ':') throw new Stray(colon);
  return colon + 1;
}

function scalar(text: string, at: number): number {
  const first = text[at] ?? '';
  if (first === '"') return string(text, at);
  if (first === '-' || (first >= '0' && first <= '9')) return number(text, at);
  const word = WORDS.find((candidate) => candidate.startsWith(first)) ?? '';
  if (first === '' || word === '') throw new Stray(at);
  let length = 1;
  while (length < word.length && text[at + length] === word[length]) length += 1;
  if (length < word.length) throw new Stray(at + length);
  return at + length;
}

function string(text: string, from: number): number {
  if (text[from] !== '"') throw new Stray(from);
  let at = skip(text, PLAIN, from + 1);
  while (text[at] === '\\') {
    const after = skip(text, ESCAPE, at);
    if (after === at) throw new Stray(badEscape(text, at));
    at = skip(text, PLAIN, after);
  }
  if (text[at] !== '"') throw new Stray(at);
  return at + 1;
}

function badEscape(text: string, backslash: number): number {
  if (text[backslash + 1] !== 'u') return backslash + 1;
  let at = backslash + 2;
  while (/[0-9a-f]/i.test(text[at] ?? '')) at += 1;
  return at;
}

function number(text: string, from: number): number {
  let at = text[from] === '-' ? from + 1 : from;
  at = text[at] === '0' ? at + 1 : digits(text, at);
  if (text[at] === '.') at = digits(text, at + 1);
  if (text[at] !== 'e' && text[at] !== 'E') return at;
  const sign = text[at + 1];
  return digits(text, sign === '+' || sign === '-' ? at + 2 : at + 1);
}

function digits(text: string, from: number): number {
  const at = skip(text, DIGITS, from);
  if (at === from) throw new Stray(at);
  return at;
}

/** Where a sticky pattern that begins at `from` ends; `from` when it does not match. */
function skip(text: string, pattern: RegExp, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}
