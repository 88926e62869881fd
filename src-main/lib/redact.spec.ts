import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redaction } from './redact.ts';

const clean = redaction(['PIN']);

function fields(values: Record<string, unknown>): Record<string, unknown> {
  return clean.fields(values);
}

function text(value: string): string {
  return clean.text(value);
}

describe('redaction of fields', () => {
  it('hides whatever stands under the name of a secret, at any depth and in any case', () => {
    const names = [
      'password',
      'userPasswd',
      'passphrase',
      'TOKEN',
      'access_token',
      'clientSecret',
      'seed',
      'creds',
    ];
    names.push('credsFile', 'Authorization', 'set-cookie', 'jwt', 'nkeySeed', 'apiKey', 'private_key', 'pin');
    for (const name of names) {
      expect(fields({ [name]: 'x1' })).toEqual({ [name]: '***' });
      expect(fields({ a: [{ [name]: { b: 'x1' } }] })).toEqual({ a: [{ [name]: '***' }] });
    }
  });

  it('leaves other names and plain values as they are', () => {
    const plain = { author: 'x', passed: true, spin: 1, none: null, missing: undefined, list: [1, 'two'] };
    expect(fields(plain)).toEqual(plain);
  });

  it('cleans texts inside values, and names', () => {
    expect(fields({ urls: ['nats://u:p@a'], 'http://u:p@b': 1 })).toEqual({
      urls: ['nats://***@a'],
      'http://***@b': 1,
    });
  });

  it('writes errors with name, message, code, stack, causes and members, all of them cleaned', () => {
    const cause = new Error('refused by nats://u:p@host');
    const error = Object.assign(new TypeError('outer', { cause }), { code: 'ECONNREFUSED' });
    expect(fields({ error })).toMatchObject({
      error: {
        name: 'TypeError',
        message: 'outer',
        code: 'ECONNREFUSED',
        cause: { message: 'refused by nats://***@host' },
      },
    });
    expect(JSON.stringify(fields({ error }))).not.toContain('u:p');
    expect(fields({ error })).toHaveProperty('error.stack');
    expect(fields({ error: new Error('bare') })).not.toHaveProperty('error.code');
    expect(fields({ error: new AggregateError([cause]) })).toMatchObject({
      error: { errors: [{ message: 'refused by nats://***@host' }] },
    });
  });

  it('writes what JSON does not know as text', () => {
    const values = {
      big: 12n,
      symbol: Symbol('s'),
      date: new Date(0),
      never: new Date(Number.NaN),
      url: new URL('nats://u:p@host:4222'),
      bytes: new Uint8Array(3),
      map: new Map([['a', 1]]),
      set: new Set(['b']),
    };
    expect(fields(values)).toEqual({
      big: '12',
      symbol: 'Symbol(s)',
      date: '1970-01-01T00:00:00.000Z',
      never: 'invalid date',
      url: 'nats://***@host:4222',
      bytes: '[3 bytes]',
      map: [['a', 1]],
      set: ['b'],
    });
  });

  it('cuts lists, objects and depth, and so ends cycles', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(JSON.stringify(fields(cycle)).match(/self/g)).toHaveLength(7);
    expect(JSON.stringify(fields(cycle))).toContain('[deeper]');
    const list = fields({ list: new Array<number>(105).fill(0) })['list'] as unknown[];
    expect(list).toHaveLength(101);
    expect(list[100]).toBe('[5 more]');
    const wide = fields(Object.fromEntries(Array.from({ length: 103 }, (_, index) => [`f${index}`, index])));
    expect(Object.keys(wide)).toHaveLength(101);
    expect(wide['more']).toBe('[3 more]');
    const full = new Array<number>(100).fill(0);
    expect(fields({ full })).toEqual({ full });
    const byName = Object.fromEntries(full.map((value, index) => [`f${index}`, value]));
    expect(fields(byName)).toEqual(byName);
    expect(fields({ a: [[[[[[1]]]]]] })).toEqual({ a: [[[[[[1]]]]]] });
  });

  it('keeps a field named __proto__ as a field', () => {
    const parsed = fields(JSON.parse('{"__proto__":{"a":1}}') as Record<string, unknown>);
    expect(Object.keys(parsed)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  });

  it('never lets the value under a secret name through', () => {
    const secret = 'S3CR3T';
    fc.assert(
      fc.property(
        fc.array(fc.string(), { maxLength: 5 }),
        fc.constantFrom('password', 'natsToken'),
        (path, name) => {
          const value = path.reduceRight<Record<string, unknown>>((inner, key) => ({ [key]: [inner] }), {
            [name]: secret,
          });
          expect(JSON.stringify(fields(value))).not.toContain(secret);
        },
      ),
    );
  });
});

describe('redaction of texts', () => {
  it('hides user info in URLs, and only that', () => {
    const cases = {
      'nats://u:p@h': 'nats://***@h',
      'nats://u:p@h:4222/a?b=c, next': 'nats://***@h:4222/a?b=c, next',
      'nats://token@h': 'nats://***@h',
      'nats://u:p@ss@h': 'nats://***@h',
      'nats://u:p/w@h:4222': 'nats://***@h:4222',
      'nats://u:p@a,nats://v:q@b': 'nats://***@a,nats://***@b',
      'TLS://U:P@H': 'TLS://***@H',
      'http://h:80/path/user@example.com': 'http://h:80/path/user@example.com',
      'http://h/?mail=a@b': 'http://h/?mail=a@b',
      'mail user@example.com': 'mail user@example.com',
    };
    for (const [dirty, expected] of Object.entries(cases)) expect(text(dirty)).toBe(expected);
  });

  it('hides query secrets, authorization headers, NKey seeds and JWTs', () => {
    const seed = `SU${'A2'.repeat(28)}`;
    expect(text('GET /ws?token=abc&x=1')).toBe('GET /ws?token=***&x=1');
    expect(text('Authorization: Bearer abcdefgh.ijk')).toBe('Authorization: Bearer ***');
    expect(text(`seed ${seed}.`)).toBe('seed ***.');
    expect(text('jwt eyJhbGciOiJF.eyJqdGkiOiJ.c2lnbmF0 end')).toBe('jwt *** end');
  });

  it('cuts a text after it was cleaned, so that a cut does not save a secret', () => {
    const long = `${'x'.repeat(8_180)} nats://user:password@host`;
    expect(text(long)).not.toContain('user');
    expect(text('y'.repeat(8_192))).toBe('y'.repeat(8_192));
    expect(text('y'.repeat(9_000))).toBe(`${'y'.repeat(8_192)}[808 more]`);
  });
});
