import { describe, expect, it } from 'vitest';
import { LoadOptionError, loadOptions } from './load-options.ts';

describe('options of the load generator', () => {
  it('has defaults for all but the target', () => {
    expect(loadOptions(['--target', 'http'])).toEqual({
      ...{ target: 'http', events: 'analytics', url: 'http://127.0.0.1:4000', rate: 1000, seconds: 10 },
      ...{ seed: 1, bad: 0, repeated: 0, batch: 1, connections: 200, closed: false },
      ...{ env: 'dev', token: null, json: false },
    });
    expect(loadOptions(['--target', 'nats'])).toMatchObject({ url: 'nats://127.0.0.1:4222', connections: 1 });
  });

  it('goes as fast as answers come in closed loop, unless a rate is given', () => {
    expect(loadOptions(['--target', 'ws', '--closed']).rate).toBeNull();
    expect(loadOptions(['--target', 'ws', '--closed', '--rate', '5']).rate).toBe(5);
    expect(loadOptions(['--target', 'http', '--closed']).connections).toBe(10);
  });

  it.each([
    [[], '--target takes one of http, ws, nats; it was not given'],
    [['--target', 'mqtt'], '--target takes one of http, ws, nats; not "mqtt"'],
    [['--target', 'http', '--rate', 'fast'], '--rate takes a number from 0.1 to 5000000, not "fast"'],
    [['--target', 'http', '--rate', ''], '--rate takes a number'],
    [['--target', 'http', '--bad', '101'], '--bad takes a number from 0 to 100, not "101"'],
    [['--target', 'http', '--batch', '10001'], '--batch takes a whole number from 1 to 10000'],
    [['--target', 'http', '--seconds', 'NaN'], '--seconds takes a number'],
    [['--target', 'http', '--seed', '1.5'], '--seed takes a whole number'],
    [['--target', 'http', '--url', 'nats://x'], '--url takes http://host:port or https://host:port for'],
    [['--target', 'http', '--url', 'nowhere'], 'not "nowhere"'],
    [['--target', 'nats', '--env', 'Prod'], '--env takes 1 to 32 of a-z, 0-9 and -, not "Prod"'],
    [['--target', 'ws', '--batch', '2'], '--target ws takes neither --batch nor'],
    [['--target', 'http', '--speed', '2'], "'--speed'; --help lists the options"],
    [['--target', 'http', '--rate'], "'--rate <value>' argument missing; --help"],
    [['http'], "'http'"],
  ])('refuses %j in words that name the option and what it takes', (words, message) => {
    expect(() => loadOptions(words)).toThrow(LoadOptionError);
    expect(() => loadOptions(words)).toThrow(message);
  });
});
