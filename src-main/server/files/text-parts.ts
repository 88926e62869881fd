import { ProblemError } from '../problem.ts';

/**
 * The text of a body in parts of at most so many characters.
 * Rejects with a ProblemError: `too_large` beyond so many bytes, `invalid_argument` where it is not UTF-8.
 */
export async function* textParts(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  maxCharacters: number,
): AsyncGenerator<string, void> {
  // The mark at the beginning is left to whoever reads the text.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    yield* piecesOf(decoded(decoder, chunk, bytes), maxCharacters);
  }
  decoded(decoder, null, bytes);
}

function tooLarge(maxBytes: number): ProblemError {
  const most = maxBytes.toLocaleString('en');
  return new ProblemError('too_large', `the body is larger than the ${most} bytes that this address takes`);
}

function decoded(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array | null, end: number): string {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    throw new ProblemError(
      'invalid_argument',
      `the body is not UTF-8: not all of its first ${end} bytes are`,
    );
  }
}

function* piecesOf(text: string, length: number): Generator<string, void> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}
