import { readFile } from 'node:fs/promises';
import { contentSecurityPolicy } from '../lib/content-security-policy.ts';
import type { ElectronApi } from './electron-api.ts';
import { contentType } from './content-type.ts';
import { isApiAddress, jobFile } from './job-file.ts';
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

/** Where what is answered lies. */
export interface PageFolders {
  /** The built pages. */
  pages: string;
  /** The files of exports. */
  exports: string;
}

/** Answers `app://pulsedesk/…` with the built pages, and with the files of jobs; returns what ends it. */
export function servePages(protocol: ElectronApi['protocol'], folders: PageFolders): () => void {
  protocol.handle(APP_SCHEME, (request) => answerPage(folders, request));
  return () => protocol.unhandle(APP_SCHEME);
}

/** The answer to one request of a page: its file with the headers that keep it shut in. */
export async function answerPage(
  { pages, exports }: PageFolders,
  request: Pick<Request, 'method' | 'url'>,
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  if (!isOwnUrl(APP_ORIGIN, request.url)) return refusal(404);
  const { pathname } = new URL(request.url);
  if (isApiAddress(pathname)) return answerJobFile(exports, pathname, request.method);
  const found = pageFile(pages, pathname);
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

async function answerJobFile(folder: string, pathname: string, method: string): Promise<Response> {
  const found = method === 'GET' ? await jobFile(folder, pathname) : null;
  if (found === null) return refusal(404);
  return new Response(found.body, { headers: { ...HEADERS, ...found.headers } });
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: HEADERS });
}
