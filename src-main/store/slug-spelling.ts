/**
 * Answers whether a rejected payload, or what was kept of it, names a slug: as the whole of a JSON text, in capitals or
 * not, with any of its characters written as `\uXXXX`, in JSON within JSON too. The payload may be broken, cut off
 * behind the slug, single-quoted, the slug alone, not UTF-8, or UTF-16. Takes time in proportion to the payload's
 * length, and no more memory than two copies of it.
 */
export function slugNaming(slug: string): (payload: Uint8Array) => boolean {
  const characters = Array.from(slug, spellings).join('');
  const naming = new RegExp(
    String.raw`(?:^|["']|u0022)\s*${characters}\s*(?:$|\\*["']|\\+u0022)`,
    // Neither g, which would remember a place, nor m: a line's end is no text's end.
    'i',
  );
  return (payload) => naming.test(asciiOf(payload));
}

/** One character of a slug, as itself or escaped: JSON within JSON doubles the backslashes. */
function spellings(character: string): string {
  const units = [character.toLowerCase(), character.toUpperCase()].map((one) =>
    one.charCodeAt(0).toString(16),
  );
  return String.raw`(?:${character}|\\+u00(?:${units.join('|')}))`;
}

/** Slugs and escapes are ASCII, of which every byte is a character here; without the zero bytes that UTF-16 has. */
function asciiOf(payload: Uint8Array): string {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
    .toString('latin1')
    .replaceAll('\0', '');
}
