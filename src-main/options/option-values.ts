import { resolve } from 'node:path';
import { isEnvironmentName } from '../../src-contract/environment.ts';
import { STOCK_PRICES_PATH } from '../../src-contract/settings.ts';
import { httpAddress } from '../lib/http-address.ts';
import { isFreeHeader, isHeaderWord } from '../lib/request-header.ts';

/** What the parsers below answer for a text that they do not accept. */
export const REFUSED = Symbol('refused');

/** Reads an option's text: the value, or {@link REFUSED}. */
export type ParseValue<T> = (text: string) => T | typeof REFUSED;

const HOST = /^(\[[0-9a-f:.]+\]|[0-9a-f:]*:[0-9a-f:.]*|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)$/i;
/** What an HTTP header can carry as one word. */
const TOKEN = /^[\x21-\x7e]{1,256}$/;
const YES = new Set(['1', 'true', 'yes', 'on']);
const NO = new Set(['0', 'false', 'no', 'off']);

/** Any text but the empty one. */
export function anyText(text: string): string | typeof REFUSED {
  return text === '' ? REFUSED : text;
}

/** A path, made absolute from the working folder. */
export function path(text: string): string | typeof REFUSED {
  return text === '' || text.includes('\0') ? REFUSED : resolve(text);
}

/** An environment token. */
export function environment(text: string): string | typeof REFUSED {
  return isEnvironmentName(text) ? text : REFUSED;
}

/** An API key that a header can carry. */
export function apiKey(text: string): string | typeof REFUSED {
  return text.length <= 4096 && isHeaderWord(text) ? text : REFUSED;
}

/** Name of a header that can carry an API key. */
export function keyHeader(text: string): string | typeof REFUSED {
  return text.length <= 128 && isFreeHeader(text) ? text : REFUSED;
}

/** The address of a stock API, with its path. */
export function stockApi(text: string): string | typeof REFUSED {
  return httpAddress(text, STOCK_PRICES_PATH) ?? REFUSED;
}

/** A parser of integers from `low` to `high`, both included. */
export function integer(low: number, high: number): ParseValue<number> {
  return (text) => {
    if (!/^\d{1,16}$/.test(text)) return REFUSED;
    const value = Number(text);
    return value >= low && value <= high ? value : REFUSED;
  };
}

/** `1`, `true`, `yes`, `on` or `0`, `false`, `no`, `off`: how a variable switches a flag. */
export function yesOrNo(text: string): boolean | typeof REFUSED {
  const word = text.toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : REFUSED;
}

/** A parser of one of `words`. */
export function oneOf<const W extends string>(words: readonly W[]): ParseValue<W> {
  return (text) => words.find((word) => word === text) ?? REFUSED;
}

/** A host name or address without port; brackets around an IPv6 address are taken off. */
export function host(text: string): string | typeof REFUSED {
  return text.length <= 253 && HOST.test(text) ? text.toLowerCase().replaceAll(/[[\]]/g, '') : REFUSED;
}

/** Host names or addresses without ports, separated by commas. */
export function hosts(text: string): string[] | typeof REFUSED {
  const all = text.split(',').map((part) => host(part.trim()));
  const good = all.filter((one) => one !== REFUSED);
  return good.length === all.length && good.length <= 100 ? good : REFUSED;
}

/** A secret that fits into an `Authorization` header. */
export function token(text: string): string | typeof REFUSED {
  return TOKEN.test(text) ? text : REFUSED;
}
