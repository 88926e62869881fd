import { describe, expect, it } from 'vitest';
import { ContractError } from '../../src-contract/result.ts';
import { checkCall, checkFeed } from './channel-checks.ts';

function failureOf(work: () => unknown): { code: string; message: string; field: string | undefined } {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return { code: error.code, message: error.message, field: error.details?.field };
  }
  throw new Error('nothing was thrown');
}

describe('checkCall', () => {
  it('tells a command from a query', () => {
    expect(checkCall('settings.get', {})).toEqual({ name: 'settings.get', command: false });
    expect(checkCall('environment.set', { name: 'dev' })).toEqual({ name: 'environment.set', command: true });
  });

  it.each(['odd', '', 'status', 'constructor', '__proto__', 'toString'])('knows no call %j', (name) => {
    expect(failureOf(() => checkCall(name, {}))).toMatchObject({
      code: 'not_found',
      message: `there is no query or command ${JSON.stringify(name)}`,
    });
  });

  it('takes no name but a text, even one that reads like a name', () => {
    for (const name of [['settings.get'], 7, null, undefined, {}]) {
      expect(failureOf(() => checkCall(name as string, {})).code).toBe('not_found');
    }
  });

  it.each([
    ['portfolio.get', {}, '/slug', '/slug is missing'],
    ['portfolio.get', { slug: 7 }, '/slug', '/slug must be string'],
    ['portfolios.list', { limit: 0 }, '/limit', '/limit must be >= 1'],
    ['settings.set', { nats: { url: 5 } }, '/nats/url', '/nats/url must be string'],
    ['settings.get', null, '', 'the arguments must be object'],
    ['settings.get', undefined, '', 'the arguments must be object'],
    ['settings.get', [], '', 'the arguments must be object'],
  ])('refuses %s of %j, naming the field', (name, args, field, message) => {
    expect(failureOf(() => checkCall(name, args))).toEqual({ code: 'invalid_argument', message, field });
  });
});

describe('checkFeed', () => {
  it('answers the name of a feed with fitting parameters', () => {
    expect(checkFeed('portfolio', { slug: 'anna' })).toBe('portfolio');
  });

  it('knows neither calls nor what every object has', () => {
    for (const name of ['settings.get', 'odd', 'constructor', '__proto__']) {
      expect(failureOf(() => checkFeed(name, {})).code).toBe('not_found');
    }
  });

  it('refuses parameters that do not fit, naming the field', () => {
    expect(failureOf(() => checkFeed('portfolio', { slug: 'No Slug' }))).toMatchObject({
      code: 'invalid_argument',
      field: '/slug',
    });
  });
});
