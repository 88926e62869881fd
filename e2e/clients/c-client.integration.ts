import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { startEventDesk } from './event-desk.ts';

const run = promisify(execFile);
const folder = temporaryFolder();
const program = join(folder.path, 'publish-events');
const EVENTS = 1000;
const PATIENCE = { timeout: 20_000 };
let desk: Awaited<ReturnType<typeof startEventDesk>>;

beforeAll(async () => {
  const source = join(import.meta.dirname, 'publish-events.c');
  await run('gcc', ['-Wall', '-Werror', '-O2', '-o', program, source, '-lnats']);
  desk = await startEventDesk();
});
afterAll(async () => {
  await desk.stop();
  folder.remove();
});

it('takes what a program in C publishes, and counts it once when it runs again', async () => {
  const publish = () => run(program, [desk.natsUrl, 'dev.analytics.event', String(EVENTS)]);
  await publish();
  await publish();
  const ledger = async () => {
    const answer = await fetch(`${desk.url}/api/system/status`);
    return ((await answer.json()) as { ledger: object }).ledger;
  };
  await expect
    .poll(ledger, PATIENCE)
    .toMatchObject({ received: 2 * EVENTS, stored: EVENTS, repeated: EVENTS, rejected: 0, waiting: 0 });
  const sum = (EVENTS * (EVENTS - 1)) / 2 + EVENTS * 0.25;
  await expect
    .poll(() => desk.analytics(), PATIENCE)
    .toMatchObject({
      total: EVENTS,
      value: { count: EVENTS, sum },
      top_types: [{ type: 'purchase', count: EVENTS }],
    });
});
