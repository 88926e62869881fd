const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Where a value stands in JSON text, with the spaces around it. */
export interface JsonPlace {
  begin: number;
  end: number;
}

/**
 * Where the elements of a JSON array stand in its UTF-8 bytes: begin and end of each, with the spaces around it. The text
 * has to be valid JSON; throws a RangeError when it is no array.
 */
export function jsonElements(json: Uint8Array): JsonPlace[] {
  const open = afterSpace(json, 0);
  if (json[open] !== OPEN_ARRAY) throw new RangeError('the text is no JSON array');
  const elements: JsonPlace[] = [];
  if (json[afterSpace(json, open + 1)] === CLOSE_ARRAY) return elements;
  for (let begin = open + 1; ;) {
    const end = endOfElement(json, begin);
    elements.push({ begin, end });
    if (json[end] !== COMMA) return elements;
    begin = end + 1;
  }
}

/**
 * Where a member's value stands in the UTF-8 bytes of a JSON object; of several of that name the last, as JSON.parse has
 * it. Undefined without one. The text has to be valid JSON; throws a RangeError when it is no object.
 */
export function jsonMember(json: Uint8Array, name: string): JsonPlace | undefined {
  const open = afterSpace(json, 0);
  if (json[open] !== OPEN_OBJECT) throw new RangeError('the text is no JSON object');
  let found: JsonPlace | undefined;
  let at = afterSpace(json, open + 1);
  while (json[at] === QUOTE) {
    const endOfName = endOfString(json, at) + 1;
    const isNamed = JSON.parse(textOf(json, { begin: at, end: endOfName })) === name;
    const begin = afterSpace(json, endOfName) + 1;
    const end = endOfElement(json, begin);
    if (isNamed) found = { begin, end };
    at = afterSpace(json, end + 1);
  }
  return found;
}

/** The text of a value as it stands there, without the spaces around it. */
export function jsonAt(json: Uint8Array, place: JsonPlace): Uint8Array {
  const { begin, end } = place;
  let last = end;
  while (last > begin && (json[last - 1] as number) <= SPACE) last -= 1;
  return json.subarray(afterSpace(json, begin), last);
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

function textOf(json: Uint8Array, { begin, end }: JsonPlace): string {
  return Buffer.from(json.buffer, json.byteOffset + begin, end - begin).toString();
}

/** The comma or bracket behind the element that begins here. */
function endOfElement(json: Uint8Array, begin: number): number {
  let depth = 0;
  for (let at = begin; at < json.length; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) at = endOfString(json, at);
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) depth += 1;
    else if (depth === 0 && isEnd(byte)) return at;
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) depth -= 1;
  }
  throw new RangeError('the JSON has no end');
}

function isEnd(byte: number | undefined): boolean {
  return byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT;
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
  while ((json[at] ?? QUOTE) <= SPACE) at += 1;
  return at;
}
