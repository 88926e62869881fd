import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeptSettings } from './kept-settings.ts';
import { OptionError } from './option-error.ts';
import { askedToPrint, parseOptions } from './parse-options.ts';
import type { Variables } from './read-options.ts';

const surroundings = { platform: 'linux', home: '/home/ann', randomSeed: () => 42 } as const;

function parse(line = '', variables: Variables = {}, kept: KeptSettings | null = null) {
  const argv = line === '' ? [] : line.split(' ');
  return parseOptions(argv, variables, () => kept, surroundings);
}

function refusal(line: string, variables: Variables = {}, kept: KeptSettings | null = null): string {
  try {
    parse(line, variables, kept);
  } catch (error) {
    expect(error).toBeInstanceOf(OptionError);
    return (error as OptionError).message;
  }
  throw new Error(`"${line}" was accepted`);
}

describe('parseOptions', () => {
  it('starts the demo feed on loopback when nothing is given', () => {
    expect(parse()).toEqual({
      dataFolder: '/home/ann/.local/share/PulseDesk',
      env: 'demo',
      nats: null,
      stockApi: null,
      stockKey: { key: null, header: null },
      demo: { on: true, seed: 42 },
      listen: { host: '127.0.0.1', port: 4000, token: null, readToken: null, allowedHosts: [] },
      logLevel: 'info',
      batch: { events: 2000, lingerMs: 5 },
      overridden: [],
      portGiven: false,
    });
  });

  it.each([
    ['', {}, 'demo', true],
    ['--nats nats://a:4222', {}, 'dev', false],
    ['', { NATS_URL: 'a' }, 'dev', false],
    ['', { NATS_HOST: 'a' }, 'dev', false],
    ['--nats a --demo', {}, 'dev', true],
    ['--nats a --env prod', {}, 'prod', false],
    ['--nats a', { NATS_ENV_PREFIX: 'beta' }, 'beta', false],
    ['--nats a --env prod', { NATS_ENV_PREFIX: 'beta' }, 'prod', false],
    ['--no-demo', {}, 'dev', false],
    ['', { PULSEDESK_DEMO: 'off' }, 'dev', false],
    ['--demo', { PULSEDESK_DEMO: '0' }, 'demo', true],
    ['--no-nats', { NATS_URL: 'a' }, 'demo', true],
    ['--env prod', {}, 'prod', true],
  ])('with "%s" and %o starts in %s with the demo feed %s', (line, variables, env, on) => {
    const options = parse(line, variables);
    expect([options.env, options.demo.on]).toEqual([env, on]);
  });

  it.each([
    ['--port', '--port 1', { PORT: '2' }, { local_api: { port: 3 } }, 1],
    ['PORT', '', { PORT: '2' }, { local_api: { port: 3 } }, 2],
    ['the settings', '', { PORT: '' }, { local_api: { port: 3 } }, 3],
    ['the default', '', {}, { local_api: {} }, 4000],
  ])('takes the port from %s first', (_from, line, variables, kept, port) => {
    expect(parse(line, variables as Variables, kept).listen.port).toBe(port);
  });

  it('reads settings from the data folder that was chosen', () => {
    const folders: string[] = [];
    parseOptions(['--data', 'here'], {}, (folder) => (folders.push(folder), null), surroundings);
    expect(folders).toEqual([resolve('here')]);
  });

  it('takes the stock API from the option, else from the variable, and leaves it to the settings otherwise', () => {
    const variables = { STOCK_API_URL: 'http://b:2/quotes' };
    const given = parse('--stock-api http://a:1', variables);
    expect([given.stockApi, given.overridden]).toEqual(['http://a:1/api/stock-prices', ['stocks.url']]);
    expect(parse('', variables).stockApi).toBe('http://b:2/quotes');
    expect(parse().stockApi).toBeNull();
  });

  it('takes the API key and its header from options, else from variables, and says so', () => {
    const variables = {
      PULSEDESK_STOCK_API_KEY: 'fr0m-var',
      PULSEDESK_STOCK_API_KEY_HEADER: 'Authorization',
    };
    expect(parse('', variables).stockKey).toEqual({ key: 'fr0m-var', header: 'Authorization' });
    const given = parse('--stock-api-key k3y --stock-api-key-header X-Key', variables);
    expect(given.stockKey).toEqual({ key: 'k3y', header: 'X-Key' });
    expect(given.overridden).toEqual(['stocks.key', 'stocks.key_header']);
    expect(refusal('--stock-api-key-header Host')).toContain('takes the name of a header');
  });

  it('does not repeat an address of a stock API that it refuses: it may hold a password', () => {
    expect(refusal('--stock-api http://me:hunter2@a')).not.toContain('hunter2');
    expect(refusal('', { STOCK_API_URL: 'http://me:hunter2@a' })).toMatch(
      /^STOCK_API_URL takes http(?!.*hunter2)/,
    );
  });

  it('records which settings an option or variable decided', () => {
    const options = parse('--port 5000 --nats-token x', { NATS_URL: 'nats://u:p@a' });
    expect(options.overridden).toEqual([
      'local_api.on',
      'local_api.port',
      'nats.auth',
      'nats.secret',
      'nats.url',
    ]);
    expect(options.portGiven).toBe(true);
    expect(parse('', {}, { nats: { url: 'a' }, local_api: { port: 1 } }).overridden).toEqual([]);
    expect(parse('--no-nats').overridden).toEqual(['nats.url']);
  });

  it.each([
    ['--prot 1', '--prot is not an option'],
    ['-p 1', '-p is not an option'],
    ['--no-port', '--no-port is not an option'],
    ['stray', '"stray" is not an option'],
    ['--port', '--port takes a port number from 0 to 65535, but no value was given'],
    ['--port --demo', '--port takes a port number from 0 to 65535, but no value was given'],
    ['--port 65536', '--port takes a port number from 0 to 65535, not "65536"'],
    ['--port 1.5', '--port takes a port number'],
    ['--port=', '--port takes a port number'],
    ['--env Prod', '--env takes 1 to 32 of a-z, 0-9 and -, not "Prod"'],
    ['--seed -1', '--seed takes an integer'],
    ['--seed 9007199254740993', '--seed takes an integer'],
    ['--log-level loud', '--log-level takes debug, info, warn or error'],
    ['--nats http://a', '--nats takes nats://host:port'],
    ['--nats nats://a/path', '--nats takes nats://host:port'],
    ['--stock-api localhost:4100', '--stock-api takes http://host:port'],
    ['--stock-api ftp://prices', '--stock-api takes http://host:port'],
    ['--demo=yes', '--demo takes no value; --no-demo switches it off'],
    ['--host a/b', '--host takes a host name or address'],
    ['--allowed-hosts a,,b', '--allowed-hosts takes host names'],
    ['--nats a --no-nats', 'give --nats or --no-nats, not both'],
    ['--nats a --nats-password x', '--nats-password needs --nats-user'],
    ['--nats a --nats-user u --nats-token t', '--nats-user and --nats-token (or their variables) exclude'],
    ['--nats a --nats-tls-cert c', '--nats-tls-cert and --nats-tls-key belong together'],
    ['--read-token r', '--read-token takes the token of readers and needs --token'],
    ['--token t --read-token t', '--read-token takes another text than --token'],
    ['--host 0.0.0.0', '--host 0.0.0.0 can be reached from other machines: it takes a --token'],
    ['--host ::', '--host :: can be reached'],
    ['--host desk.example', '--host desk.example can be reached'],
  ])('refuses "%s" with words', (line, words) => {
    expect(refusal(line)).toContain(words);
  });

  it.each([
    ['PORT', 'x', 'PORT takes a port number from 0 to 65535, not "x"'],
    ['PULSEDESK_DEMO', 'maybe', 'PULSEDESK_DEMO takes no value (as a variable: 1, true'],
    ['NATS_ENV_PREFIX', 'a.b', 'NATS_ENV_PREFIX takes 1 to 32'],
  ])('refuses the variable %s=%s with words', (name, value, words) => {
    expect(refusal('', { [name]: value })).toContain(words);
  });

  it('names a variable that holds half an address', () => {
    expect(refusal('', { NATS_HOST: 'a', NATS_PORT: 'x' })).toContain('NATS_PORT takes a port number');
    expect(refusal('', { NATS_HOST: 'a b' })).toContain('NATS_HOST takes a host name');
  });

  it('never repeats a secret in a message', () => {
    expect(refusal('--token sécret')).not.toContain('cret,');
    expect(refusal('--token sécret')).toContain('not what was given');
    expect(refusal('--nats nats://u:hunter2@a/b')).not.toContain('hunter2');
    expect(refusal('', { NATS_URL: 'http://u:hunter2@a' })).not.toContain('hunter2');
    expect(refusal('--stock-api-key hünter2')).not.toContain('nter2');
    expect(refusal('', { PULSEDESK_STOCK_API_KEY: 'hünter2' })).toMatch(
      /^PULSEDESK_STOCK_API_KEY(?!.*nter2)/,
    );
  });

  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]'])('needs no token on %s', (host) => {
    expect(parse(`--host ${host}`).listen.token).toBeNull();
  });

  it('listens beyond loopback with a token', () => {
    const { listen } = parse('--host 0.0.0.0 --token t --allowed-hosts Desk.example,[::2]', {
      PULSEDESK_READ_TOKEN: 'r',
    });
    expect(listen).toEqual({
      host: '0.0.0.0',
      port: 4000,
      token: 't',
      readToken: 'r',
      allowedHosts: ['desk.example', '::2'],
    });
  });

  it('passes over words that belong to somebody else', () => {
    const foreign = (word: string) => ['--inspect', 'pulsedesk://overview'].includes(word);
    const argv = ['--inspect=0', 'pulsedesk://overview', '--seed', '3'];
    expect(parseOptions(argv, {}, () => null, { ...surroundings, foreign }).demo.seed).toBe(3);
  });

  it('accepts or refuses any command line, and throws nothing else', () => {
    const word = fc.oneof(fc.constantFrom('--port', '--nats', '--demo', '--no-demo', '--', '1'), fc.string());
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
        try {
          expect(parseOptions(argv, {}, () => null, surroundings).env).toMatch(/^[a-z0-9-]{1,32}$/);
        } catch (error) {
          if (!(error instanceof OptionError)) throw error;
        }
      }),
    );
  });
});

describe('askedToPrint', () => {
  it('finds help before version', () => {
    expect(askedToPrint(['--version', '--help'])).toBe('help');
    expect(askedToPrint(['--version'])).toBe('version');
    expect(askedToPrint(['--demo'])).toBeNull();
  });
});
