const HIGH_BITS = 2 ** 21;

/**
 * The 53-bit number that stands for a portfolio's slug in indexes (cyrb53). An index entry that was moved leaves a
 * copy behind in its page, so the slug itself must not be in one. Different slugs may share a number: whoever looks one
 * up compares the slug too.
 */
export function slugKey(slug: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < slug.length; index += 1) {
    const unit = slug.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (low >>> 0) * HIGH_BITS + (high >>> 11);
}
