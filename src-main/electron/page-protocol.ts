import { readFile } from 'node:fs/promises';
import { contentSecurityPolicy } from '../lib/content-security-policy.ts';
import type { ElectronApi } from './electron-api.ts';
import { contentType } from './content-type.ts';
import { pageFile } from './page-file.ts';
import { APP_ORIGIN, APP_SCHEME, isOwnUrl } from './page-origin.ts';

const POLICY = contentSecurityPolicy('none');

const HEADERS = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Makes `app:` a proper web origin. Electron wants this before it is ready. */
export function registerPageScheme(protocol: ElectronApi['protocol']): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Answers `app://pulsedesk/…` with the built pages in `root`; returns what ends it. */
export function servePages(protocol: ElectronApi['protocol'], root: string): () => void {
  protocol.handle(APP_SCHEME, (request) => answerPage(root, request));
  return () => protocol.unhandle(APP_SCHEME);
}

/** The answer to one request of a page: its file with the headers that keep it shut in. */
export async function answerPage(root: string, request: Pick<Request, 'method' | 'url'>): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  if (!isOwnUrl(APP_ORIGIN, request.url)) return refusal(404);
  const found = pageFile(root, new URL(request.url).pathname);
  if ('status' in found) return refusal(found.status);
  try {
    const body = await readFile(found.file);
    return new Response(request.method === 'HEAD' ? null : body, {
      headers: { ...HEADERS, 'content-type': contentType(found.file) },
    });
  } catch {
    // Missing, or a folder: to a page it is the same.
    return refusal(404);
  }
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: HEADERS });
}
