import { parseArgs } from 'node:util';
import { OptionError } from './option-error.ts';
import { OPTIONS, type OptionName, type OptionSpec, type OptionValue } from './option-table.ts';
import { REFUSED } from './option-values.ts';

/** A value that was given, and by what. */
export interface Given<T> {
  readonly value: T;
  readonly from: 'option' | 'variable';
}

/** What was given by option or variable; the option wins. */
export type GivenOptions = { readonly [N in OptionName]?: Given<OptionValue<N>> };

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Which words of the command line belong to somebody else and are passed over. */
export type Foreign = (word: string) => boolean;

const entries = Object.entries(OPTIONS) as [OptionName, OptionSpec][];

/**
 * Reads the command line and the variables. An empty variable counts as unset.
 *
 * @throws OptionError for an unknown option, a stray word, a missing value or one that is not accepted.
 */
export function readOptions(argv: readonly string[], variables: Variables, foreign: Foreign): GivenOptions {
  const given: Partial<Record<OptionName, Given<unknown>>> = {};
  for (const [name, spec] of entries) {
    const text = spec.variable === null ? undefined : variables[spec.variable];
    if (text === undefined || text === '') continue;
    given[name] = { value: parsed(spec.variable ?? name, spec, text), from: 'variable' };
  }
  for (const [name, value] of fromArguments(argv, foreign)) given[name] = { value, from: 'option' };
  return given as GivenOptions;
}

function* fromArguments(argv: readonly string[], foreign: Foreign): Generator<[OptionName, unknown]> {
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      entries.map(([name, { value }]) => [name, { type: value === null ? 'boolean' : 'string' } as const]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional' && !foreign(token.value)) {
      throw new OptionError(`"${token.value}" is not an option; --help lists them`);
    }
    if (token.kind === 'option' && !foreign(token.rawName)) yield fromToken(token);
  }
}

interface OptionToken {
  name: string;
  rawName: string;
  value: string | undefined;
  inlineValue: boolean | undefined;
}

function fromToken(token: OptionToken): [OptionName, unknown] {
  const [name, spec] = entries.find(([known]) => known === token.name) ?? [];
  if (name !== undefined && spec !== undefined && token.rawName.startsWith('--')) {
    return [name, spec.value === null ? flagged(spec, token) : valueOf(spec, token)];
  }
  const [positive, negated] = entries.find(([known]) => `no-${known}` === token.name) ?? [];
  if (positive === undefined || negated?.negatable !== true) {
    throw new OptionError(`${token.rawName} is not an option; --help lists them`);
  }
  return [positive, !flagged(negated, token)];
}

function flagged(spec: OptionSpec, { rawName, value }: OptionToken): boolean {
  if (value === undefined) return true;
  const off = spec.negatable === true ? `; ${rawName.replace('--', '--no-')} switches it off` : '';
  throw new OptionError(`${rawName} takes no value${off}`);
}

function valueOf(spec: OptionSpec, { rawName, value, inlineValue }: OptionToken): unknown {
  // What looks like the next option is one: a value that begins with dashes can be given as --name=value.
  if (value === undefined || (inlineValue !== true && value.startsWith('--'))) {
    throw new OptionError(`${rawName} takes ${spec.takes}, but no value was given`);
  }
  return parsed(rawName, spec, value);
}

function parsed(name: string, spec: OptionSpec, text: string): unknown {
  const value = spec.parse(text);
  if (value !== REFUSED) return value;
  const shown = isSecret(name) ? 'what was given' : JSON.stringify(text.slice(0, 100));
  throw new OptionError(`${name} takes ${spec.takes}, not ${shown}`);
}

/** Addresses may hold a password, and a refused one cannot be taken apart. */
function isSecret(name: string): boolean {
  return /token|password|nats(_url)?$|stock[-_]api/i.test(name);
}
