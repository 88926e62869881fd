import { isUtf8 } from 'node:buffer';
import { isNestedDeeperThan } from './bracket-depth.ts';
import { jsonErrorPosition } from './json-error-position.ts';

/** A JSON value, or what is wrong with the bytes and where; nothing says where they are nested too deeply. */
export type JsonReading =
  { ok: true; value: unknown } | { ok: false; message: string; at: { position?: number } };

/**
 * Reads bytes as JSON in strict UTF-8; a failure names the byte at which they stop being that. Never throws.
 * @param maxDepth more levels of objects and arrays are not parsed: millions of them take seconds.
 */
export function readJson(bytes: Uint8Array, maxDepth = Infinity): JsonReading {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  if (!isUtf8(buffer)) {
    const position = firstDifference(buffer, Buffer.from(text));
    return { ok: false, message: `the body is not UTF-8 from byte ${position} on`, at: { position } };
  }
  if (maxDepth < text.length && isNestedDeeperThan(maxDepth, text)) {
    return { ok: false, message: `the body is nested deeper than ${maxDepth} levels`, at: {} };
  }
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    const position = jsonErrorPosition(bytes) ?? bytes.length;
    return { ok: false, message: describe(buffer, position), at: { position } };
  }
}

/** Bytes that are not UTF-8 were replaced while decoding, and differ when the text is encoded again. */
function firstDifference(bytes: Buffer, again: Buffer): number {
  const index = bytes.findIndex((byte, at) => byte !== again[at]);
  return index === -1 ? bytes.length : index;
}

function describe(bytes: Buffer, position: number): string {
  if (position >= bytes.length) return `the body ends at byte ${position}, before its JSON is complete`;
  const rest = bytes.toString('utf8', position, position + 4);
  return `the body is not JSON: unexpected ${JSON.stringify(String.fromCodePoint(rest.codePointAt(0) ?? 0))} at byte ${position}`;
}
