import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { WebSocket } from 'ws';
import { ensureBuilt } from '../scripts/build/ensure-built.ts';
import { residentMemory } from '../scripts/prove/hosts/resident-memory.ts';
import { ServeProcess } from '../scripts/prove/hosts/serve-process.ts';
import { systemClock } from '../src-main/lib/clock.ts';
import { eventTexts } from './event-pool.ts';
import { median } from './rounds.ts';

const BATCH = 1000;
/** Requests that wait for their answers at once, over HTTP. */
const WAITING = 4;
const SOCKETS = 4;
/** Frames that wait for their answers at once, on each WebSocket. */
const FRAMES_WAITING = 500;
const FRAMES = 200_000;
const FEW = 1_000_000;
const MANY = 10_000_000;
/** Memory is read so often, so many milliseconds apart, after all was answered; the median counts. */
const READINGS = { count: 20, everyMs: 250 };

/** What posting events to the built host came to: events a second, and its resident memory in MiB. */
export interface PostedEvents {
  readonly http: number;
  readonly webSocket: number;
  readonly afterFew: number;
  readonly afterMany: number;
}

/** Posts ten million events to a host of its own. All of them are durable when they are counted. */
export async function postedEvents(): Promise<PostedEvents> {
  await ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'pulsedesk-bench-'));
  const host = new ServeProcess(folder, ['--env', 'dev', '--no-demo', '--log-level', 'error']);
  try {
    const url = await host.ready;
    const webSocket = await sendFrames(url);
    await postBatches(url, FEW - FRAMES);
    const afterFew = await settledMemory(host.pid);
    const http = await postBatches(url, MANY - FEW);
    const afterMany = await settledMemory(host.pid);
    return { http, webSocket, afterFew, afterMany };
  } finally {
    await host.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Events a second, in batches; the bodies are made before, so that making them is not what is measured. */
async function postBatches(url: string, events: number): Promise<number> {
  const texts = eventTexts(20 * BATCH, 7);
  const bodies = Array.from(
    { length: 20 },
    (_, at) => `[${texts.slice(at * BATCH, (at + 1) * BATCH).join(',')}]`,
  );
  const pool = new Pool(url, { connections: WAITING });
  const headers = { 'content-type': 'application/json' };
  let left = events / BATCH;
  const begun = systemClock.monotonic();
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const body = bodies[left % bodies.length] ?? '';
      const answer = await pool.request({ method: 'POST', path: '/api/events', headers, body });
      const words = await answer.body.text();
      if (answer.statusCode !== 202) throw new Error(`a batch was answered ${answer.statusCode}: ${words}`);
    }
  };
  await Promise.all(Array.from({ length: WAITING }, one));
  const seconds = (systemClock.monotonic() - begun) / 1000;
  await pool.destroy();
  return events / seconds;
}

/** Events a second, one a frame. */
async function sendFrames(url: string): Promise<number> {
  const frames = eventTexts(1000, 9).map((text) => `{"event":"new_event","payload":${text},"ref":1}`);
  const begun = systemClock.monotonic();
  await Promise.all(Array.from({ length: SOCKETS }, () => sendOver(url, frames, FRAMES / SOCKETS)));
  return (FRAMES * 1000) / (systemClock.monotonic() - begun);
}

async function sendOver(url: string, frames: readonly string[], count: number): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/events`);
  await once(socket, 'open');
  const all = Promise.withResolvers<null>();
  let sent = 0;
  let answered = 0;
  const send = (): void => socket.send(frames[sent++ % frames.length] ?? '');
  socket.on('message', (data) => {
    const text = (data as Buffer).toString();
    if (!text.includes('"ok":true')) all.reject(new Error(`a frame was answered ${text}`));
    answered += 1;
    if (answered === count) all.resolve(null);
    else if (sent < count) send();
  });
  while (sent < FRAMES_WAITING) send();
  await all.promise;
  socket.terminate();
}

async function settledMemory(pid: number): Promise<number> {
  const readings: number[] = [];
  while (readings.length < READINGS.count) {
    await systemClock.sleep(READINGS.everyMs);
    readings.push(residentMemory(pid));
  }
  return median(readings);
}
