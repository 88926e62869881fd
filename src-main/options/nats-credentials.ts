import type { NatsTarget } from '../engine/engine-port.ts';
import type { KeptSettings } from './kept-settings.ts';
import type { NatsUrl } from './nats-url.ts';
import { OptionError } from './option-error.ts';
import type { GivenOptions } from './read-options.ts';

type Kept = NonNullable<KeptSettings['nats']>;
type Credentials = Pick<NatsTarget, 'user' | 'password' | 'token' | 'credsFile' | 'nkeyFile' | 'keptSecret'>;
type Method = 'user' | 'token' | 'creds' | 'nkey';

const METHODS = {
  user: ['nats-user', 'nats-password'],
  token: ['nats-token'],
  creds: ['nats-creds'],
  nkey: ['nats-nkey'],
} as const;

/**
 * Who we are at the NATS server: by the method of the options, else of the variables, else as the address says, else by
 * settings. A user named in one place goes with a password given in another.
 *
 * @throws OptionError when what was given contradicts itself.
 */
export function natsCredentials(given: GivenOptions, address: NatsUrl, kept: Kept): Credentials {
  const method = methodGiven(given, 'option') ?? methodGiven(given, 'variable');
  if (method !== undefined) return credentialsOf(inWordsOfSettings(method, given, kept));
  const { url: _url, ...inAddress } = address;
  return Object.keys(inAddress).length > 0 ? inAddress : credentialsOf(kept);
}

function methodGiven(given: GivenOptions, from: 'option' | 'variable'): Method | undefined {
  const methods = (Object.keys(METHODS) as Method[]).filter((method) =>
    METHODS[method].some((name) => given[name]?.from === from),
  );
  if (methods.length > 1) {
    const [first, second] = methods.map((method) => `--nats-${method}`);
    throw new OptionError(`${first} and ${second} (or their variables) exclude each other: give one`);
  }
  return methods[0];
}

function inWordsOfSettings(auth: Method, given: GivenOptions, kept: Kept): Kept {
  if (auth === 'user') return userOf(given, kept.auth === 'user' ? kept : {});
  if (auth === 'token') return { auth, secret: given['nats-token']?.value ?? '' };
  return { auth, file: given[`nats-${auth}`]?.value ?? '' };
}

function userOf(given: GivenOptions, kept: Kept): Kept {
  const user = given['nats-user']?.value ?? kept.user ?? '';
  if (user === '') throw new OptionError('--nats-password needs --nats-user beside it');
  const password = given['nats-password']?.value;
  if (password !== undefined) return { auth: 'user', user, secret: password };
  return { auth: 'user', user, secret: kept.secret ?? '', sealed: kept.sealed ?? '' };
}

function credentialsOf(kept: Kept): Credentials {
  const { auth = 'none', user = '', secret = '', file = '' } = kept;
  const all = {
    none: {},
    user: { user, password: secret, keptSecret: sealedAs('password', kept) },
    token: { token: secret, keptSecret: sealedAs('token', kept) },
    creds: { credsFile: file },
    nkey: { nkeyFile: file },
  };
  return Object.fromEntries(Object.entries(all[auth]).filter(([, text]) => text !== ''));
}

/** Only the desktop app's host can open what is sealed, and only once Electron is ready: the engine asks for it then. */
function sealedAs<W extends string>(word: W, { secret = '', sealed = '' }: Kept): W | '' {
  return secret === '' && sealed !== '' ? word : '';
}
