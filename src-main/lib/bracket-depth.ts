const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;

/** Where an object or array begins inside another one that is no element of the outermost array. */
const NESTED = /:\s*[[{]|[[,]\s*\[/;

/**
 * Whether JSON text is nested deeper than so many levels, at least 2. What is flat, as most texts are, or an array of what
 * is, costs a fifth of counting. For text that is no JSON the answer may be no: parsing it ends where that begins.
 */
export function isNestedDeeperThan(levels: number, text: string): boolean {
  return NESTED.test(text) && bracketDepth(text) > levels;
}

/** The deepest nesting of objects and arrays in JSON text, found without parsing it; brackets in strings do not count. */
export function bracketDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = endOfString(text, index);
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) deepest = Math.max(deepest, ++depth);
    else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) depth--;
  }
  return deepest;
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === BACKSLASH) index++;
    else if (code === QUOTE) return index;
  }
  return text.length;
}
