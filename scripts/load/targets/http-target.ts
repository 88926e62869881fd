import { Pool } from 'undici';
import type { LoadOptions } from '../load-options.ts';
import { bodyOf, unanswered, type LoadAnswer, type LoadTarget } from '../load-target.ts';

/** A request that is not answered for this long is given up, in milliseconds. */
const PATIENCE_MS = 60_000;

/** Posts events over HTTP. */
export function httpTarget(options: LoadOptions): LoadTarget {
  const { events, token } = options;
  const url = new URL(options.url);
  const pool = new Pool(url.origin, {
    connections: options.connections,
    pipelining: 1,
    headersTimeout: PATIENCE_MS,
  });
  const path = events === 'activity' ? '/api/activity' : '/api/events';
  const headers = {
    'content-type': 'application/json',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  return {
    async send(batch) {
      try {
        const body = bodyOf(batch);
        const response = await pool.request({ method: 'POST', path, headers, body });
        return await answerOf(response.statusCode, response.body);
      } catch (error) {
        return unanswered(error);
      }
    },
    stop: () => pool.destroy(),
  };
}

async function answerOf(status: number, body: { json(): Promise<unknown> }): Promise<LoadAnswer> {
  const { accepted = 0, rejected = [] } = (await body.json()) as { accepted?: number; rejected?: unknown[] };
  return { kind: String(status), taken: status === 202, accepted, rejected: rejected.length };
}
