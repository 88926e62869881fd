import { enteringSymbol, normalizeSymbol } from '../../../src-contract/instrument.ts';
import { ContractError } from '../../../src-contract/result.ts';

const ACCEPTED =
  'a symbol is 1 to 15 of A-Z, 0-9, . ^ = -, not dots alone, with an optional @EXCHANGE of 1 to 8 letters';
const MOST_CHARACTERS = 15;
/** Characters of a refused text that are said again. */
const QUOTED = 24;
/** Different refused characters that are named. */
const NAMED = 8;

/**
 * {@link typedSymbol} of one that is to be watched. Earlier versions also took symbols of dots alone: those can
 * be asked for, ordered and removed, and are not added any more.
 */
export function newSymbol(text: string, field = '/symbol'): string {
  const symbol = typedSymbol(text, field);
  if (enteringSymbol(symbol) !== null) return symbol;
  const fault = `${quoted(symbol)} has only dots${symbol.includes('@') ? ' before the @' : ''}`;
  throw new ContractError('invalid_argument', `${fault}; ${ACCEPTED}`, { field });
}

/**
 * The stored form of a symbol as a person or a program wrote it: trimmed and upper-cased.
 * @param field JSON pointer of the argument it came in.
 * Throws `invalid_argument` that names what is wrong with it and what is accepted.
 */
export function typedSymbol(text: string, field = '/symbol'): string {
  const symbol = normalizeSymbol(text);
  if (symbol !== null) return symbol;
  const trimmed = text.trim();
  const fault = trimmed === '' ? 'the symbol is blank' : `${quoted(trimmed)} ${faultOf(trimmed)}`;
  throw new ContractError('invalid_argument', `${fault}; ${ACCEPTED}`, { field });
}

function faultOf(text: string): string {
  const [name = '', ...exchanges] = text.split('@');
  const refused = [...new Set(text)].filter((character) => !/[A-Za-z0-9.^=@-]/.test(character));
  if (refused.length > 0) return `has ${namesOf(refused)}, which a symbol cannot have`;
  if (exchanges.length > 1) return 'has more than one @';
  if (name === '') return 'has nothing before the @';
  if (name.length > MOST_CHARACTERS) return `has ${name.length} characters`;
  return 'has an exchange that is not 1 to 8 letters';
}

function namesOf(characters: readonly string[]): string {
  const names = characters.slice(0, NAMED).map(nameOf);
  return characters.length > NAMED ? `${names.join(' ')} and others` : names.join(' ');
}

/** What cannot be seen, or changes how the text around it is shown, is named by its number. */
function nameOf(character: string): string {
  if (character === ' ') return 'a blank';
  if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(character)) return character;
  const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `U+${number}`;
}

function quoted(text: string): string {
  const characters = Array.from(text);
  const shown = characters.slice(0, QUOTED).map((character) => (character === ' ' ? ' ' : nameOf(character)));
  return `"${shown.join('')}${characters.length > QUOTED ? '…' : ''}"`;
}
