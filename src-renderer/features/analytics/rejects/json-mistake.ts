/** Where a text stops being JSON, and what should stand there instead. Lines and columns count from 1. */
export interface JsonMistake {
  /** Place in the text, from 0. */
  at: number;
  line: number;
  column: number;
  words: string;
}

/** Deeper nesting is not looked into, so that no text exhausts the stack; the engine refuses far less. */
const DEEPEST = 500;
const SPACE = /[ \t\n\r]*/y;
const NUMBER_OR_WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const PLAIN_LETTERS = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Walks through a text once; each part answers what is wrong at the present place, or null. */
class Walk {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get at(): number {
    return this.#at;
  }

  whole(): string | null {
    const mistake = this.#value(0);
    if (mistake !== null) return mistake;
    this.#take(SPACE);
    return this.#at < this.#text.length ? 'nothing may follow the value' : null;
  }

  #value(depth: number): string | null {
    this.#take(SPACE);
    if (depth > DEEPEST) return 'nested too deeply';
    const first = this.#text[this.#at];
    if (first === '{') return this.#list('}', depth);
    if (first === '[') return this.#list(']', depth);
    if (first === '"') return this.#string();
    if (this.#take(NUMBER_OR_WORD)) return null;
    return first === undefined ? 'the text ends where a value is expected' : 'a value is expected';
  }

  #list(end: '}' | ']', depth: number): string | null {
    this.#at += 1;
    if (this.#closes(end)) return null;
    for (;;) {
      const mistake = (end === '}' ? this.#name() : null) ?? this.#value(depth + 1);
      if (mistake !== null) return mistake;
      if (this.#closes(end)) return null;
      if (this.#text[this.#at] !== ',') return `, or ${end} is expected`;
      this.#at += 1;
    }
  }

  #name(): string | null {
    this.#take(SPACE);
    if (this.#text[this.#at] !== '"') return 'a name in double quotes is expected';
    const mistake = this.#string();
    if (mistake !== null) return mistake;
    this.#take(SPACE);
    if (this.#text[this.#at] !== ':') return ': is expected';
    this.#at += 1;
    return null;
  }

  #string(): string | null {
    this.#at += 1;
    for (;;) {
      this.#take(PLAIN_LETTERS);
      const next = this.#text[this.#at];
      if (next === '"') {
        this.#at += 1;
        return null;
      }
      if (next === undefined) return 'the text ends within a string; " is expected';
      if (next !== '\\')
        return 'a line break or control character in a string must be written as \\n or \\u0000';
      if (!this.#take(ESCAPE)) return 'after \\ one of " \\ / b f n r t or u and four hex digits is expected';
    }
  }

  #closes(end: string): boolean {
    this.#take(SPACE);
    if (this.#text[this.#at] !== end) return false;
    this.#at += 1;
    return true;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    const moved = pattern.lastIndex > this.#at;
    this.#at = pattern.lastIndex;
    return moved;
  }
}

/** The first mistake of a text that should be JSON, or null when it is. */
export function jsonMistake(text: string): JsonMistake | null {
  const walk = new Walk(text);
  const words = walk.whole();
  if (words === null) return null;
  const before = text.slice(0, walk.at).split('\n');
  return { at: walk.at, line: before.length, column: (before.at(-1) ?? '').length + 1, words };
}

/** A mistake in a sentence: `Line 2, column 5: , or } is expected`. */
export function mistakeWords({ line, column, words }: JsonMistake): string {
  return `Line ${line}, column ${column}: ${words}`;
}
