import Type, { type Static } from 'typebox';

/** An instrument as it is stored: `AAPL`, `BRK.B`, `AAPL@XETR`; always upper case without blanks. */
export const InstrumentSymbol = Type.String({
  pattern: '^[A-Z0-9.^=-]{1,15}(@[A-Z]{1,8})?$',
  description: 'Symbol: 1 to 15 of A-Z, 0-9, . ^ = -, with an optional @EXCHANGE of 1 to 8 letters',
});
export type InstrumentSymbol = Static<typeof InstrumentSymbol>;

const SYMBOL = /^[A-Z0-9.^=-]{1,15}(@[A-Z]{1,8})?$/;
/** Anything but dots before any @: of `.` and `..` no address can be made. */
const NAMES_SOMETHING = /^[^@]*[^.@]/;
/** Asked before upper-casing, which would make ASCII of other letters: SS of ß. */
const SYMBOL_OF_ANY_CASE = /^[A-Za-z0-9.^=-]{1,15}(@[A-Za-z]{1,8})?$/;

/**
 * Trims and upper-cases what a person or another system wrote.
 * @returns the stored form, or null when the text does not follow the grammar.
 */
export function normalizeSymbol(text: string): string | null {
  if (SYMBOL.test(text)) return text;
  const candidate = text.trim();
  return SYMBOL_OF_ANY_CASE.test(candidate) ? candidate.toUpperCase() : null;
}

/**
 * {@link normalizeSymbol} for what is new to the app: its name, the part before the @, is also not of dots alone. Of
 * `.` and `..` no address can be made; earlier versions stored them, so readers still take them.
 */
export function enteringSymbol(text: string): string | null {
  const symbol = normalizeSymbol(text);
  return symbol !== null && NAMES_SOMETHING.test(symbol) ? symbol : null;
}
