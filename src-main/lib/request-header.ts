/** A header's name as RFC 9110 has it. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What a header can carry as one word. */
const WORD = /^[\x21-\x7e]+$/;
/** Headers that a request for JSON sets itself. */
const TAKEN = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'accept']);

/** Whether a request can carry something of ours under this name. */
export function isFreeHeader(name: string): boolean {
  return NAME.test(name) && !TAKEN.has(name.toLowerCase());
}

/** Whether a header can carry the text as it is: visible ASCII characters without spaces, at least one. */
export function isHeaderWord(text: string): boolean {
  return WORD.test(text);
}
