import type { Mirrored, InvoiceMirrors } from './invoice-mirrors.ts';
import { wordsOf } from './invoice-words.ts';
import type { Statements } from './statements.ts';

const ASCII_CAPITALS = /[A-Z]/g;

/**
 * Names of companies in view that have words beginning with all of these, by name without case; those of no word but
 * blanks are all. `env` is the number of an environment.
 */
export class InvoiceCompanies {
  readonly #sql: Statements;
  readonly #mirrors: InvoiceMirrors;

  constructor(sql: Statements, mirrors: InvoiceMirrors) {
    this.#sql = sql;
    this.#mirrors = mirrors;
  }

  read(env: number, generation: number, text: string, limit: number): string[] {
    const words = wordsOf(text);
    // Nothing but punctuation: no word begins with it.
    if (words.length === 0 && text.trim() !== '') return [];
    const mirrored = this.#mirrors.of(env);
    const names = mirrored === null ? this.#fromTable(env, generation) : namesIn(mirrored, generation);
    return names
      .filter((name) => hasWords(name, words))
      .map((name) => ({ name, key: name.replace(ASCII_CAPITALS, (letter) => letter.toLowerCase()) }))
      .sort((one, other) => compare(one.key, other.key) || compare(one.name, other.name))
      .slice(0, limit)
      .map(({ name }) => name);
  }

  #fromTable(env: number, generation: number): string[] {
    return this.#sql
      .prepared('SELECT DISTINCT company FROM invoice WHERE env = ? AND generation IN (0, ?)')
      .pluck()
      .all(env, generation) as string[];
  }
}

function namesIn({ mirror }: Mirrored, generation: number): string[] {
  const { companies, companyNames, generations } = mirror;
  const inView = new Uint8Array(companyNames.texts.length);
  for (let row = 0; row < mirror.count; row += 1) {
    const own = generations[row];
    if (own === 0 || own === generation) inView[companies[row] ?? 0] = 1;
  }
  return companyNames.texts.filter((_, number) => inView[number] === 1);
}

function hasWords(name: string, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const own = wordsOf(name);
  return words.every((word) => own.some((one) => one.startsWith(word)));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
