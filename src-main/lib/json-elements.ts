const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * Where the elements of a JSON array stand in its UTF-8 bytes: begin and end of each, with the spaces around it. The text
 * has to be valid JSON; throws a RangeError when it is no array.
 */
export function jsonElements(json: Uint8Array): { begin: number; end: number }[] {
  const open = afterSpace(json, 0);
  if (json[open] !== OPEN_ARRAY) throw new RangeError('the text is no JSON array');
  const elements: { begin: number; end: number }[] = [];
  if (json[afterSpace(json, open + 1)] === CLOSE_ARRAY) return elements;
  for (let begin = open + 1; ;) {
    const end = endOfElement(json, begin);
    elements.push({ begin, end });
    if (json[end] !== COMMA) return elements;
    begin = end + 1;
  }
}

/** A JSON array of those elements of another whose places are given, each byte for byte as it was. */
export function pickJsonElements(json: Uint8Array, places: readonly number[]): Uint8Array {
  const elements = jsonElements(json);
  const parts: Uint8Array[] = [Uint8Array.of(OPEN_ARRAY)];
  for (const [index, place] of places.entries()) {
    const element = elements[place];
    if (element === undefined) {
      throw new RangeError(`the JSON array has ${elements.length} elements, none at ${place}`);
    }
    if (index > 0) parts.push(Uint8Array.of(COMMA));
    parts.push(json.subarray(element.begin, element.end));
  }
  parts.push(Uint8Array.of(CLOSE_ARRAY));
  return Buffer.concat(parts);
}

/** The comma or bracket behind the element that begins here. */
function endOfElement(json: Uint8Array, begin: number): number {
  let depth = 0;
  for (let at = begin; at < json.length; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) at = endOfString(json, at);
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) depth += 1;
    else if (depth === 0 && (byte === COMMA || byte === CLOSE_ARRAY)) return at;
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) depth -= 1;
  }
  throw new RangeError('the JSON array has no end');
}

function endOfString(json: Uint8Array, begin: number): number {
  for (let at = begin + 1; at < json.length; at += 1) {
    if (json[at] === BACKSLASH) at += 1;
    else if (json[at] === QUOTE) return at;
  }
  return json.length;
}

function afterSpace(json: Uint8Array, from: number): number {
  let at = from;
  while ((json[at] ?? QUOTE) <= 32) at += 1;
  return at;
}
