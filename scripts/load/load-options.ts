import { parseArgs } from 'node:util';

/** Where events go, and how many of them. */
export interface LoadOptions {
  readonly target: LoadTargetName;
  /** Events a second; null: as many as are answered, in closed loop. */
  readonly rate: number | null;
  readonly seconds: number;
  readonly seed: number;
  /** Events of a hundred that are not valid. */
  readonly bad: number;
  /** Events of a hundred that come again under the name of an earlier one. */
  readonly repeated: number;
  readonly events: LoadEvents;
  readonly url: string;
  /** Events in one request or message. */
  readonly batch: number;
  readonly connections: number;
  /** Whether the next request waits for the answer of the one before, on each connection. */
  readonly closed: boolean;
  readonly env: string;
  readonly token: string | null;
  readonly json: boolean;
}

/** What can be loaded. */
export type LoadTargetName = 'http' | 'ws' | 'nats';
/** Which events are sent. */
export type LoadEvents = 'analytics' | 'activity';

/** A bad option; the message names it and what it takes. */
export class LoadOptionError extends Error {}

const ADDRESSES: Readonly<Record<LoadTargetName, string>> = {
  http: 'http://127.0.0.1:4000',
  ws: 'ws://127.0.0.1:4000',
  nats: 'nats://127.0.0.1:4222',
};
const PROTOCOLS: Readonly<Record<LoadTargetName, readonly string[]>> = {
  http: ['http:', 'https:'],
  ws: ['ws:', 'wss:', 'http:', 'https:'],
  nats: ['nats:', 'tls:'],
};

/** The options in words. */
export const LOAD_HELP = `Usage: npm run load -- --target http|ws|nats [options]

  --target NAME      what is loaded: http, ws or nats
  --rate N           events a second, 0.1 to 5000000 (default 1000; with --closed: as many as are answered)
  --seconds S        how long, 0.1 to 86400 (default 10)
  --seed N           the same events for the same seed (default 1)
  --bad P            of a hundred events, how many are not valid (default 0)
  --repeated P       of a hundred events, how many repeat an earlier one; all then have names (default 0)
  --events KIND      analytics or activity (default analytics; WebSockets take analytics only)
  --url URL          where (default ${ADDRESSES.http}, ${ADDRESSES.ws}, ${ADDRESSES.nats})
  --batch N          events in one request or message, 1 to 10000 (default 1; WebSockets take one)
  --connections N    1 to 1000 (default 200 at most for http, 10 for ws, 1 for nats; 10 with --closed)
  --closed           the next request of a connection waits for the answer of the one before
  --env NAME         environment, the first part of NATS subjects (default dev)
  --token TEXT       operator token, where the host wants one
  --json             the last line is one JSON object
`;

/** In open loop HTTP takes as many as are needed for requests to leave when they are due: one carries one at a time. */
const CONNECTIONS: Readonly<Record<LoadTargetName, string>> = { http: '200', ws: '10', nats: '1' };
const CLOSED_CONNECTIONS = '10';
/** What counts where nothing is given; null depends on other options. */
const DEFAULTS = {
  ...{ seconds: '10', seed: '1', bad: '0', repeated: '0', batch: '1', events: 'analytics', env: 'dev' },
  ...{ closed: false, json: false, rate: null, token: null, url: null, connections: null },
};

const SPELLED = {
  target: { type: 'string' },
  rate: { type: 'string' },
  seconds: { type: 'string' },
  seed: { type: 'string' },
  bad: { type: 'string' },
  repeated: { type: 'string' },
  events: { type: 'string' },
  url: { type: 'string' },
  batch: { type: 'string' },
  connections: { type: 'string' },
  closed: { type: 'boolean' },
  env: { type: 'string' },
  token: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/**
 * Reads the words of the command line, without program and script.
 *
 * @throws LoadOptionError naming the option and what it takes.
 */
export function loadOptions(argv: readonly string[]): LoadOptions {
  const given = { ...DEFAULTS, ...spelled(argv) };
  const target = oneOf('--target', ['http', 'ws', 'nats'], given.target);
  const events = oneOf('--events', ['analytics', 'activity'], given.events);
  const batch = number('--batch', given.batch, { low: 1, high: 10_000, isWhole: true });
  if (target === 'ws' && (batch !== 1 || events !== 'analytics')) {
    const words = '--target ws takes neither --batch nor --events activity: a frame is one analytics event';
    throw new LoadOptionError(words);
  }
  return {
    ...{ target, events, batch, closed: given.closed, json: given.json, token: given.token },
    rate: rateOf(given.rate, given.closed),
    seconds: number('--seconds', given.seconds, { low: 0.1, high: 86_400 }),
    seed: number('--seed', given.seed, { low: 0, high: Number.MAX_SAFE_INTEGER, isWhole: true }),
    bad: number('--bad', given.bad, { low: 0, high: 100 }),
    repeated: number('--repeated', given.repeated, { low: 0, high: 100 }),
    url: address(target, given.url ?? ADDRESSES[target]),
    connections: number(
      '--connections',
      given.connections ?? (given.closed ? CLOSED_CONNECTIONS : CONNECTIONS[target]),
      {
        ...{ low: 1, high: 1000, isWhole: true },
      },
    ),
    env: environment(given.env),
  };
}

function rateOf(given: string | null, closed: boolean): number | null {
  if (given === null && closed) return null;
  return number('--rate', given ?? '1000', { low: 0.1, high: 5_000_000 });
}

function spelled(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: SPELLED, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // What Node says names the option, and then explains what only a programmer needs.
    const [words = ''] = error instanceof Error ? error.message.split('. ') : [];
    throw new LoadOptionError(`${words}; --help lists the options`);
  }
}

function oneOf<T extends string>(name: string, taken: readonly T[], given: string | undefined): T {
  const found = taken.find((each) => each === given);
  if (found !== undefined) return found;
  const words = given === undefined ? 'it was not given' : `not ${JSON.stringify(given)}`;
  throw new LoadOptionError(`${name} takes one of ${taken.join(', ')}; ${words}`);
}

interface Span {
  readonly low: number;
  readonly high: number;
  readonly isWhole?: boolean;
}

function number(name: string, text: string, { low, high, isWhole = false }: Span): number {
  const value = Number(text);
  const fits = text.trim() !== '' && value >= low && value <= high && (!isWhole || Number.isInteger(value));
  if (fits) return value;
  const kind = isWhole ? 'a whole number' : 'a number';
  throw new LoadOptionError(`${name} takes ${kind} from ${low} to ${high}, not ${JSON.stringify(text)}`);
}

function address(target: LoadTargetName, text: string): string {
  const url = URL.parse(text);
  if (url !== null && PROTOCOLS[target].includes(url.protocol)) return text.replace(/\/+$/, '');
  const taken = PROTOCOLS[target].map((protocol) => `${protocol}//host:port`).join(' or ');
  throw new LoadOptionError(`--url takes ${taken} for --target ${target}, not ${JSON.stringify(text)}`);
}

function environment(text: string): string {
  if (/^[a-z0-9-]{1,32}$/.test(text)) return text;
  throw new LoadOptionError(`--env takes 1 to 32 of a-z, 0-9 and -, not ${JSON.stringify(text)}`);
}
