import { natsUrl } from './nats-url.ts';
import {
  anyText,
  apiKey,
  environment,
  host,
  hosts,
  integer,
  keyHeader,
  oneOf,
  path,
  stockApi,
  token,
  yesOrNo,
  type ParseValue,
} from './option-values.ts';

/** One option of the command line, with the environment variable that says the same. */
export interface OptionSpec<T = unknown> {
  /** The word for its value in the help; null for a flag. */
  readonly value: string | null;
  readonly variable: string | null;
  /** What it takes, to follow the word "takes". */
  readonly takes: string;
  readonly does: string;
  /** The default in words. */
  readonly otherwise: string;
  readonly parse: ParseValue<T>;
  /** A flag that has a `--no-` form. */
  readonly negatable?: true;
}

const valued = <T>(value: string, spec: Omit<OptionSpec<T>, 'value'>): OptionSpec<T> => ({ value, ...spec });

const flag = (spec: Omit<OptionSpec<boolean>, 'value' | 'parse' | 'takes'>): OptionSpec<boolean> => ({
  value: null,
  takes: 'no value (as a variable: 1, true, yes, on, or 0, false, no, off)',
  parse: yesOrNo,
  ...spec,
});

const file = (variable: string, does: string): OptionSpec<string> =>
  valued('FILE', { variable, takes: 'the path of a file', does, otherwise: 'none', parse: path });

const MOST = Number.MAX_SAFE_INTEGER;

/**
 * Every option of the desktop app and of the headless host. The parser, `--help` and the tables of the user guide come
 * from this list.
 */
export const OPTIONS = {
  data: valued('DIR', {
    variable: 'PULSEDESK_DATA',
    takes: 'the path of a folder',
    does: 'where database, settings and logs are kept; made when missing',
    otherwise: "the platform's user-data folder",
    parse: path,
  }),
  env: valued('NAME', {
    variable: 'NATS_ENV_PREFIX',
    takes: '1 to 32 of a-z, 0-9 and -',
    does: 'the environment that is active at the start',
    otherwise: '`dev` with a NATS URL or without the demo feed, else `demo`',
    parse: environment,
  }),
  nats: valued('URL', {
    variable: 'NATS_URL',
    takes: 'nats://host:port or tls://host:port, several separated by commas',
    does: 'the NATS servers to read from; the variables NATS_HOST and NATS_PORT say the same',
    otherwise: 'none: demo feed only',
    parse: natsUrl,
  }),
  'no-nats': flag({
    variable: null,
    does: 'no NATS, whatever variables and settings say',
    otherwise: 'off',
  }),
  'ensure-stream': flag({
    variable: 'PULSEDESK_ENSURE_STREAM',
    does: 'makes the stream PULSE_{ENV} where no stream covers the subjects',
    otherwise: 'off',
    negatable: true,
  }),
  'nats-user': valued('NAME', {
    variable: 'NATS_USER',
    takes: 'a user name',
    does: 'user at the NATS server',
    otherwise: 'none',
    parse: anyText,
  }),
  'nats-password': valued('TEXT', {
    variable: 'NATS_PASSWORD',
    takes: 'a password',
    does: 'password of that user; a variable is not seen by other users of the machine',
    otherwise: 'none',
    parse: anyText,
  }),
  'nats-token': valued('TEXT', {
    variable: 'NATS_TOKEN',
    takes: 'a token',
    does: 'token for the NATS server',
    otherwise: 'none',
    parse: anyText,
  }),
  'nats-creds': file('NATS_CREDS', 'creds file for the NATS server'),
  'nats-nkey': file('NATS_NKEY', 'file with the NKey seed for the NATS server'),
  'nats-tls-ca': file('NATS_TLS_CA', "certificate of the NATS server's authority"),
  'nats-tls-cert': file('NATS_TLS_CERT', 'client certificate for the NATS server'),
  'nats-tls-key': file('NATS_TLS_KEY', 'key of that client certificate'),
  'stock-api': valued('URL', {
    variable: 'STOCK_API_URL',
    takes: 'http://host:port or https://host:port, with or without a path, without user and password',
    does: 'the stock API whose prices are polled; `/api/stock-prices` is added unless it has a path',
    otherwise: 'in `demo` the built-in mock; elsewhere none',
    parse: stockApi,
  }),
  'stock-api-key': valued('TEXT', {
    variable: 'PULSEDESK_STOCK_API_KEY',
    takes: '1 to 4096 visible ASCII characters without spaces',
    does: 'key for the stock API, sent to no other address; a variable is not seen by other users of the machine',
    otherwise: 'that of the settings',
    parse: apiKey,
  }),
  'stock-api-key-header': valued('NAME', {
    variable: 'PULSEDESK_STOCK_API_KEY_HEADER',
    takes: 'the name of a header, such as X-Api-Key',
    does: 'header that carries that key',
    otherwise: 'that of the settings, at first `X-Api-Key`',
    parse: keyHeader,
  }),
  demo: flag({
    variable: 'PULSEDESK_DEMO',
    does: 'the built-in demo feed, in the environment `demo`',
    otherwise: 'on when no NATS URL is given',
    negatable: true,
  }),
  seed: valued('N', {
    variable: 'PULSEDESK_SEED',
    takes: `an integer from 0 to ${MOST}`,
    does: 'seed of the demo feed: the same seed gives the same events',
    otherwise: 'random, shown in System',
    parse: integer(0, MOST),
  }),
  host: valued('HOST', {
    variable: 'PULSEDESK_HOST',
    takes: 'a host name or address of this machine',
    does: 'where to listen; beyond loopback a token is needed',
    otherwise: '`127.0.0.1`',
    parse: host,
  }),
  port: valued('N', {
    variable: 'PORT',
    takes: 'a port number from 0 to 65535',
    does: 'port to listen on; 0 is any free one, which is printed',
    otherwise: '`4000`',
    parse: integer(0, 65_535),
  }),
  token: valued('TEXT', {
    variable: 'PULSEDESK_TOKEN',
    takes: '1 to 256 visible ASCII characters without spaces',
    does: 'what a client must show to read and to change things',
    otherwise: 'none; required when the host is not loopback',
    parse: token,
  }),
  'read-token': valued('TEXT', {
    variable: 'PULSEDESK_READ_TOKEN',
    takes: '1 to 256 visible ASCII characters without spaces',
    does: 'what a client must show to read only; needs --token beside it',
    otherwise: 'none',
    parse: token,
  }),
  'allowed-hosts': valued('HOST,…', {
    variable: 'PULSEDESK_ALLOWED_HOSTS',
    takes: 'host names or addresses without ports, separated by commas',
    does: 'names under which requests may come, beside loopback and the host listened on',
    otherwise: 'none',
    parse: hosts,
  }),
  'batch-events': valued('N', {
    variable: 'PULSEDESK_BATCH_EVENTS',
    takes: 'an integer from 1 to 10000',
    does: 'events after which a batch is committed',
    otherwise: '`2000`',
    parse: integer(1, 10_000),
  }),
  'batch-linger': valued('MS', {
    variable: 'PULSEDESK_BATCH_LINGER',
    takes: 'milliseconds from 1 to 1000',
    does: 'time after which a batch is committed, full or not',
    otherwise: '`5`',
    parse: integer(1, 1000),
  }),
  'log-level': valued('LEVEL', {
    variable: 'PULSEDESK_LOG',
    takes: 'debug, info, warn or error',
    does: 'how much is logged; JSON lines on stderr and in the data folder',
    otherwise: '`info`',
    parse: oneOf(['debug', 'info', 'warn', 'error']),
  }),
  help: flag({ variable: null, does: 'prints this list', otherwise: 'off' }),
  version: flag({ variable: null, does: 'prints the version', otherwise: 'off' }),
} as const satisfies Record<string, OptionSpec>;

/** Name of an option, without the leading dashes. */
export type OptionName = keyof typeof OPTIONS;

/** Type of an option's value. */
export type OptionValue<N extends OptionName> = (typeof OPTIONS)[N] extends OptionSpec<infer T> ? T : never;
