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
    ['portfolio.get', {}, '/slug', expect.stringMatching(/^"slug" is missing: it must be text such as/)],
    ['portfolio.get', { slug: 7 }, '/slug', expect.stringMatching(/^"slug" must be text such as growth-one/)],
    ['portfolios.list', { limit: 0 }, '/limit', '"limit" must be an integer from 1 to 1000'],
    ['settings.set', { nats: { url: 5 } }, '/nats/url', '"nats/url" must be text of at most 2048 characters'],
    ['settings.set', { local_api: { of: 1 } }, '/local_api/of', expect.stringMatching('takes "on", "port"')],
    [
      'mock.faults',
      { error: 1 },
      '/error',
      expect.stringMatching(/^the call has no field "error"; it takes/),
    ],
    ['settings.get', null, '', 'the call must be a JSON object'],
    ['settings.get', undefined, '', 'the call must be a JSON object'],
    ['settings.get', [], '', 'the call must be a JSON object'],
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
