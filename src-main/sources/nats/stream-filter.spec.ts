import { describe, expect, it } from 'vitest';
import { streamFilter } from './stream-filter.ts';

describe('streamFilter', () => {
  it.each([
    ['holds nothing else', ['dev.>'], null],
    ['holds one family and nothing else', ['dev.stock.price_updated'], null],
    ['holds several families of the environment', ['dev.portfolio.*', 'dev.stock.*'], null],
    ['holds the environment and another', ['dev.>', 'prod.>'], 'dev.>'],
    ['holds a family of every environment', ['*.stock.>'], 'dev.stock.>'],
    ['holds a family of every environment and something else', ['*.stock.*', 'orders'], 'dev.stock.*'],
    ['needs more than one filter', ['*.stock.>', '*.portfolio.>'], null],
    ['holds everything', ['>'], 'dev.>'],
    ['holds a name that begins like it', ['dev.stock.*', 'dev2.stock.*', 'dev'], 'dev.stock.*'],
  ])('of a stream that %s', (_, subjects, filter) => {
    expect(streamFilter('dev', { name: 'S', createdAt: 0, unreadable: null, subjects })).toBe(filter);
  });
});
