import { readFileSync } from 'node:fs';
import { Pool, type Dispatcher } from 'undici';
import type { Clock } from '../../lib/clock.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { describeCallFailure } from './describe-call-failure.ts';
import { parseJsonBody } from './parse-json-body.ts';
import { RateLimitedError } from './rate-limited-error.ts';
import { parseRetryAfter } from './retry-after.ts';
import { StockApiError } from './stock-api-error.ts';
import type { StockHttp } from './stock-http.ts';
import type { StockApi } from './stock-source-options.ts';

/** What a client works with. */
export interface StockClientOptions {
  readonly api: Omit<StockApi, 'kind'>;
  readonly clock: Clock;
  /** A call takes no longer from its beginning to the last byte. */
  readonly timeoutMs: number;
}

/** A longer answer is a failure. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** Longer than any usual interval between polls, so that the connection lasts; servers may ask for less. */
const KEEP_ALIVE_MS = 120_000;
/** Calls come one after the other. */
const CONNECTIONS = 1;
const DUMPED_BYTES = 64 * 1024;

/** Asks a stock API over HTTP with connections that are kept. Throws a StockApiError when the CA file cannot be read. */
export function stockClient({ api, clock, timeoutMs }: StockClientOptions): StockHttp {
  const url = new URL(api.url);
  const host = url.host;
  const pool = new Pool(url.origin, {
    connections: CONNECTIONS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    allowH2: false,
    connect: { timeout: timeoutMs, ...(api.tlsCa === '' ? {} : { ca: caOf(api.tlsCa) }) },
  });
  const headers = { accept: 'application/json', ...(api.key === '' ? {} : { [api.keyHeader]: api.key }) };

  async function fetch(symbols: readonly string[], signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    const timeout = new AbortController();
    const cancel = clock.after(timeoutMs, () => timeout.abort());
    try {
      const answer = await pool.request({
        path: pathOf(url, symbols),
        method: 'GET',
        headers,
        signal: AbortSignal.any([signal, timeout.signal]),
      });
      return await read(answer, host, clock.now());
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof StockApiError || error instanceof RateLimitedError) throw error;
      const isLate = timeout.signal.aborted || isTimeout(error);
      const what = isLate ? `no answer within ${timeoutMs / 1000} s` : describeCallFailure(error);
      throw new StockApiError(`${what} from ${host}`, { cause: error });
    } finally {
      cancel();
    }
  }

  return { fetch, close: () => pool.destroy() };
}

function pathOf(url: URL, symbols: readonly string[]): string {
  const asked = `symbols=${symbols.map(encodeURIComponent).join(',')}`;
  return `${url.pathname}${url.search === '' ? '?' : `${url.search}&`}${asked}`;
}

async function read(answer: Dispatcher.ResponseData, host: string, now: number): Promise<unknown> {
  const { statusCode: status, headers, body } = answer;
  if (status >= 200 && status < 300) return parseJsonBody(await bytesOf(body, host), host);
  // The rest is read only so that the connection can be kept; the status counts, however reading goes.
  await body.dump({ limit: DUMPED_BYTES }).catch(() => undefined);
  if (status === 429) throw new RateLimitedError(host, parseRetryAfter(headers['retry-after'], now));
  const redirected = status >= 300 && status < 400 ? ', a redirect, which is not followed' : '';
  throw new StockApiError(`HTTP ${status} from ${host}${redirected}`);
}

async function bytesOf(body: Dispatcher.ResponseData['body'], host: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the body, and the connection with it.
    if (size > MAX_ANSWER_BYTES) {
      throw new StockApiError(`the answer of ${host} is longer than ${MAX_ANSWER_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isTimeout(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT'].includes(
    String(code),
  );
}

function caOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new StockApiError(`the CA certificate cannot be read: ${errorMessage(error)}`, { cause: error });
  }
}
