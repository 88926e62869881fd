import { expect, it, vi } from 'vitest';
import type { IntakeAnswer, IntakeRequest } from '../../src-contract/intake.ts';
import { silentLog } from '../lib/log.ts';
import { seededRandom } from '../lib/random.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { EngineThread } from './engine-thread.ts';
import { FakeEngineWorker } from './testing/fake-engine-worker.ts';

const REQUEST: IntakeRequest = { family: 'activity.recorded', via: 'http', body: Buffer.from('{}') };
const STORED: IntakeAnswer = { ok: true, accepted: 1, repeated: 0, rejected: [] };

function start() {
  const clock = new VirtualClock(1000);
  const workers: FakeEngineWorker[] = [];
  const thread = new EngineThread(
    {
      version: '1.0.0',
      dataFolder: '/nowhere',
      env: 'dev',
      nats: null,
      stockApi: null,
      demo: { on: false, seed: 1 },
      logLevel: 'info',
      overridden: [],
      batch: { events: 1000, lingerMs: 5 },
    },
    {
      clock,
      random: seededRandom(1),
      log: silentLog,
      writeLogLine: () => undefined,
      startWorker: () => {
        const worker = new FakeEngineWorker();
        workers.push(worker);
        return worker;
      },
    },
  );
  return { clock, workers, thread, starting: thread.start() };
}

/** The requests the thread was posted, once its host's turn is over. */
async function postedTo(worker: FakeEngineWorker | undefined) {
  return vi.waitUntil(() => {
    const asked = worker?.posted.find(({ t }) => t === 'intake');
    return asked?.t === 'intake' ? asked.requests : null;
  });
}

it('events are passed on to the running engine, whose answer is theirs', async () => {
  const { workers, thread } = start();
  workers[0]?.say({ t: 'ready' });
  const answer = thread.intake(REQUEST);
  const [asked] = await postedTo(workers[0]);
  expect(asked?.request).toMatchObject({ family: 'activity.recorded', via: 'http' });
  workers[0]?.say({ t: 'intakeAnswers', answers: [{ id: asked?.id ?? 0, answer: STORED }] });
  expect(await answer).toEqual(STORED);
});

it('while no engine runs, events are refused at once with the reason', async () => {
  const { clock, workers, thread } = start();
  expect(await thread.intake(REQUEST)).toEqual({
    ok: false,
    code: 'unavailable',
    message: 'the engine is starting',
  });
  workers[0]?.say({ t: 'ready' });
  workers[0]?.die();
  expect(await thread.intake(REQUEST)).toMatchObject({ message: 'the engine is being restarted' });
  await clock.advance(3000);
  workers[1]?.say({ t: 'ready' });
  const answer = thread.intake(REQUEST);
  const [asked] = await postedTo(workers[1]);
  workers[1]?.say({ t: 'intakeAnswers', answers: [{ id: asked?.id ?? 0, answer: STORED }] });
  expect(await answer).toEqual(STORED);
});

it('events under way when the engine dies, or is stopped by force, are answered', async () => {
  const { clock, workers, thread } = start();
  workers[0]?.say({ t: 'ready' });
  const underWay = thread.intake(REQUEST);
  workers[0]?.die(new Error('boom'));
  expect(await underWay).toMatchObject({ ok: false, code: 'unavailable' });
  await clock.advance(3000);
  workers[1]?.say({ t: 'ready' });
  const atStop = thread.intake(REQUEST);
  const stopping = thread.stop();
  expect(await thread.intake(REQUEST)).toMatchObject({ message: 'the engine is stopping' });
  await clock.advance(4500);
  await stopping;
  expect(await atStop).toMatchObject({ ok: false, code: 'unavailable' });
  expect(await thread.intake(REQUEST)).toMatchObject({ message: 'the engine has stopped' });
});
