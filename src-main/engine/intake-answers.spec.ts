import { expect, it } from 'vitest';
import type { IntakeAnswer, IntakeRequest } from '../../src-contract/intake.ts';
import type { FromEngine } from './engine-messages.ts';
import { IntakeAnswers } from './intake-answers.ts';

const request = (text: string): IntakeRequest => ({
  family: 'analytics.event',
  via: 'websocket',
  body: Buffer.from(text),
});

it('answers of one turn go back in one message; what fails is answered as unavailable', async () => {
  const posted: FromEngine[] = [];
  const turns: (() => void)[] = [];
  const intake = ({ body }: IntakeRequest): Promise<IntakeAnswer> =>
    Buffer.from(body).toString() === 'good'
      ? Promise.resolve({ ok: true, accepted: 1, repeated: 0, rejected: [] })
      : Promise.reject(new Error('the disk is full'));
  const answers = new IntakeAnswers(
    { intake },
    (message) => posted.push(message),
    (send) => turns.push(send),
  );
  answers.take({
    t: 'intake',
    requests: [
      { id: 4, request: request('good') },
      { id: 5, request: request('bad') },
    ],
  });
  await Promise.resolve().then(() => undefined);
  await Promise.resolve();
  for (const send of turns) send();
  expect(posted).toEqual([
    {
      t: 'intakeAnswers',
      answers: [
        { id: 4, answer: { ok: true, accepted: 1, repeated: 0, rejected: [] } },
        { id: 5, answer: { ok: false, code: 'unavailable', message: 'the disk is full' } },
      ],
    },
  ]);
});
