import { inspect } from 'node:util';
import { redactText } from './redact-text.ts';

const MOST_CHARACTERS = 1_000;

/** What went wrong, in one text fit to be shown: secrets hidden, at most 1,000 characters, whatever was thrown. */
export function errorMessage(error: unknown): string {
  return redactText(textOf(error)).slice(0, MOST_CHARACTERS);
}

function textOf(error: unknown): string {
  if (error instanceof Error) return error.message === '' ? error.name : error.message;
  return typeof error === 'string' ? error : inspect(error, { depth: 1 });
}
