import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Addresses under these belong to programs: an unknown one there is a 404, never the page. */
const PROGRAM_PATHS = /^\/(api|health|metrics|openapi\.json|ws)(\/|\?|$)/;

/** The folder of the built page, seen from this module in the sources and in the build. */
export function builtRenderer(own: string = import.meta.url): URL {
  return new URL(own.endsWith('.ts') ? '../../out/renderer/' : '../renderer/', own);
}

/**
 * Serves the page's files. Those with a digest in their name may be kept for good, others are asked for again each
 * time. Answers whether a request that found nothing is for one of the page's own addresses, which get the page.
 */
export async function rendererFiles(
  app: FastifyInstance,
  folder: string,
): Promise<(request: FastifyRequest) => boolean> {
  if (!existsSync(join(folder, 'index.html'))) return () => false;
  await app.register(staticFiles, {
    root: folder,
    cacheControl: false,
    dotfiles: 'deny',
    // A symbol may begin with a dot; no file is kept under its address.
    allowedPath: (path) => !path.startsWith('/tickers/'),
    schemaHide: true,
    setHeaders(reply, path) {
      const digested = path.includes(`${sep}assets${sep}`);
      reply.header('cache-control', digested ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return isPageAddress;
}

function isPageAddress({ method, url, headers }: FastifyRequest): boolean {
  if ((method !== 'GET' && method !== 'HEAD') || PROGRAM_PATHS.test(url)) return false;
  const lastPart = url.replace(/\?.*$/s, '').split('/').at(-1) ?? '';
  // A file that is missing is not the page; but a symbol in an address may have a dot as well.
  return !lastPart.includes('.') || (headers.accept ?? '').includes('text/html');
}
