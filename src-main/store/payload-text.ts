/** How much of a rejected body a list shows. */
const SHOWN_BYTES = 4_096;

/** The beginning of a body as text, bytes that are not UTF-8 as `\xNN`; `truncated` when there is more of it. */
export function payloadText(body: Uint8Array, bytes: number): { payload: string; truncated: boolean } {
  const cut = body.byteLength > SHOWN_BYTES ? wholeCharacters(body.subarray(0, SHOWN_BYTES)) : body;
  return { payload: escaped(cut), truncated: cut.byteLength < bytes };
}

/** A whole body as text, bytes that are not UTF-8 as `\xNN`. */
export function bodyText(body: Uint8Array): string {
  return escaped(body);
}

/** Leaves out a character that the cut went through. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3; back += 1) {
    const byte = bytes.at(-back) ?? 0;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? bytes.subarray(0, -back) : bytes;
  }
  return bytes;
}

type Decoder = InstanceType<typeof TextDecoder>;

function escaped(bytes: Uint8Array): string {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return strict.decode(bytes);
  } catch {
    return escapedByByte(bytes, strict);
  }
}

function escapedByByte(bytes: Uint8Array, strict: Decoder): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes[at] ?? 0);
    const character = decoded(bytes.subarray(at, at + length), strict);
    text += character ?? `\\x${(bytes[at] ?? 0).toString(16).padStart(2, '0').toUpperCase()}`;
    at += character === null ? 1 : length;
  }
  return text;
}

function decoded(bytes: Uint8Array, strict: Decoder): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

function sequenceLength(lead: number): number {
  if (lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
