import type { OutgoingMessage } from '../../../src-main/sources/nats/testing/publish.ts';

/** A kind of malformed message: what it is, and the words by which its reject must say so. */
export interface Garbage {
  kind: string;
  reason: RegExp;
  /** One message out of so many of this kind is made; large ones are rarer. */
  share: number;
  message: (env: string, number: number) => OutgoingMessage;
}

const NESTED = 10_000;
const HOLDINGS = 10_000;
const LARGE = 600 * 1024;

function garbage(
  kind: string,
  reason: RegExp,
  family: string,
  body: (number: number) => string | Uint8Array,
  share = 1,
): Garbage {
  return {
    kind,
    reason,
    share,
    message: (env, number) => ({ subject: `${env}.${family}`, body: body(number) }),
  };
}

const holdings = (slug: string, quantity: string): string =>
  `{"slug":"${slug}","holdings":[{"symbol":"SYM1","quantity":${quantity},"avg_price":1}]}`;

/**
 * Every kind of malformed message that a stream may bring. Its slug stands in no script: the payload of one that opted
 * out would be redacted.
 */
export const GARBAGE: readonly Garbage[] = [
  garbage('not JSON', /not JSON/, 'stock.price_updated', (n) => `{"symbol":"SYM1","price":${n}`),
  garbage('empty', /empty/, 'stock.price_updated', () => ''),
  garbage('not an object', /not a JSON object/, 'stock.price_updated', (n) => `[${n}]`),
  garbage('not UTF-8', /not UTF-8/, 'stock.price_updated', () =>
    Buffer.from('{"symbol":"SYM\xff\xfe1","price":1}', 'latin1'),
  ),
  garbage('price as text', /\/price/, 'stock.price_updated', (n) => `{"symbol":"SYM1","price":"${n}"}`),
  garbage('holdings as text', /\/holdings/, 'portfolio.updated', () => '{"slug":"nobody","holdings":"none"}'),
  garbage('no price', /\/price is missing/, 'stock.price_updated', () => '{"symbol":"SYM1"}'),
  garbage('negative quantity', /\/holdings\/0\/quantity/, 'portfolio.updated', (n) =>
    holdings('nobody', `-${n + 1}`),
  ),
  garbage('slug with spaces', /\/slug/, 'portfolio.opted_in', () => holdings('two words', '1')),
  garbage('no symbol', /is not a symbol/, 'stock.price_updated', () => '{"symbol":"not a symbol","price":1}'),
  garbage(
    '__proto__',
    /__proto__/,
    'stock.price_updated',
    (n) => `{"symbol":"SYM1","price":1,"__proto__":{"n":${n}}}`,
  ),
  garbage('nested 10,000 deep', /nested deeper/, 'stock.price_updated', () =>
    '{"symbol":'.concat('['.repeat(NESTED), ']'.repeat(NESTED), '}'),
  ),
  garbage('10,000 holdings', /\/holdings/, 'portfolio.opted_in', () => manyHoldings(), 0.2),
  garbage('600 KiB', /614400 bytes/, 'portfolio.opted_in', () => largeBody(), 0.2),
];

function manyHoldings(): string {
  const one = '{"symbol":"SYM1","quantity":1,"avg_price":1}';
  return `{"slug":"nobody","holdings":[${Array.from({ length: HOLDINGS }, () => one).join(',')}]}`;
}

function largeBody(): string {
  const start = '{"slug":"nobody","holdings":[],"note":"';
  return `${start}${'x'.repeat(LARGE - start.length - 2)}"}`;
}

/** So many malformed messages, each kind in its share, taken in turn. */
export function garbageMessages(env: string, count: number): { kind: Garbage; message: OutgoingMessage }[] {
  const made: { kind: Garbage; message: OutgoingMessage }[] = [];
  for (let round = 0; made.length < count; round++) {
    for (const kind of GARBAGE) {
      const isDue = Math.floor((round + 1) * kind.share) > Math.floor(round * kind.share) || round === 0;
      if (isDue && made.length < count) made.push({ kind, message: kind.message(env, made.length) });
    }
  }
  return made;
}
