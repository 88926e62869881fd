import { beforeEach, expect, it } from 'vitest';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { InvoiceWarming } from './invoice-warming.ts';

let clock: VirtualClock;
let asked: string[];
/** What the reader answers next; 1 when none is left. */
let answers: (number | Error)[];
let failures: unknown[];
let warming: InvoiceWarming;

beforeEach(() => {
  clock = new VirtualClock(0);
  asked = [];
  answers = [];
  failures = [];
  warming = new InvoiceWarming({
    clock,
    reader: {
      warmInvoices: async (env) => {
        asked.push(env);
        const answer = answers.shift() ?? 1;
        if (typeof answer !== 'number') throw answer;
        return answer;
      },
    },
    onFailure: (error) => failures.push(error),
  });
});

it('begins after the screens have asked, and goes on with pauses until all is done', async () => {
  answers = [0.3, 0.6, 1];
  warming.follow('dev');
  await clock.advance(499);
  expect(asked).toEqual([]);
  await clock.advance(1);
  expect(asked).toHaveLength(1);
  await clock.advance(9);
  expect(asked).toHaveLength(1);
  await clock.advance(11);
  expect(asked).toHaveLength(3);
  await clock.advance(4999);
  expect(asked).toHaveLength(3);
  await clock.advance(1);
  expect(asked).toHaveLength(4);
  await warming.stop();
});

it('leaves an environment that is not active any more for the one that is', async () => {
  answers = [0.3, 0.3, 0.3];
  warming.follow('dev');
  await clock.advance(515);
  warming.follow('prod');
  await clock.advance(10_000);
  expect(asked.slice(0, 2)).toEqual(['dev', 'dev']);
  expect(new Set(asked.slice(2))).toEqual(new Set(['prod']));
  await warming.stop();
});

it('leaves an environment that is switched away from in the middle of a slice', async () => {
  const slice = Promise.withResolvers<number>();
  let slices = 0;
  warming = new InvoiceWarming({
    clock,
    reader: {
      warmInvoices: (env) => {
        asked.push(env);
        slices += 1;
        return slices === 1 ? slice.promise : Promise.resolve(1);
      },
    },
    onFailure: (error) => failures.push(error),
  });
  warming.follow('dev');
  await clock.advance(500);
  warming.follow('prod');
  slice.resolve(0.1);
  await clock.advance(600);
  expect(asked).toEqual(['dev', 'prod']);
  await warming.stop();
});

it('tells of a reader that fails, and tries again later', async () => {
  answers = [new Error('the reader died')];
  warming.follow('dev');
  await clock.advance(500);
  expect(failures).toEqual([new Error('the reader died')]);
  await clock.advance(5000);
  expect(asked).toHaveLength(2);
  await warming.stop();
});

it('asks no more once it was stopped', async () => {
  answers = [0.3];
  warming.follow('dev');
  await clock.advance(500);
  await warming.stop();
  await clock.advance(10_000);
  expect([asked.length, clock.pending]).toEqual([1, 0]);
});
