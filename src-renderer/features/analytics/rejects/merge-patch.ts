import { jsonMistake, mistakeWords } from './json-mistake.ts';

/** A merge patch (RFC 7386) as typed: the patch, none when nothing is typed, or what is wrong with it. */
export type TypedPatch = { ok: true; patch: Record<string, unknown> | null } | { ok: false; words: string };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a patch from what is typed. */
export function readPatch(text: string): TypedPatch {
  if (text.trim() === '') return { ok: true, patch: null };
  const mistake = jsonMistake(text);
  if (mistake !== null) return { ok: false, words: mistakeWords(mistake) };
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) return { ok: false, words: 'A patch is an object, such as {"value": 1}' };
  return { ok: true, patch: value };
}
