import { extname, join, sep } from 'node:path';

/** What a page address stands for: a file, or the reason why it is answered without one. */
export type PageFile = { file: string } | { status: 400 | 403 | 404 };

/**
 * The file under `root` that answers a path of a page's address (still percent-encoded). A path without an extension is
 * a screen, whose page is index.html; so is a symbol's, whose address may have a dot. Anything that could lead out of `root`, or be read differently by another
 * system, is refused: `..`, backslashes, drive letters and streams, control characters, in any encoding.
 */
export function pageFile(root: string, pathname: string): PageFile {
  const path = decoded(pathname);
  if (path === null || !path.startsWith('/')) return { status: 400 };
  const parts = path.slice(1).split('/');
  if (parts.length === 2 && parts[0] === 'tickers') return { file: join(root, 'index.html') };
  if (parts.some(isUnsafe)) return { status: 403 };
  if (extname(path) === '') return { file: join(root, 'index.html') };
  if (parts.includes('')) return { status: 404 };
  const file = join(root, ...parts);
  return file.startsWith(root.endsWith(sep) ? root : root + sep) ? { file } : { status: 403 };
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

function isUnsafe(part: string): boolean {
  return part.startsWith('.') || /[\\:%\u0000-\u001f\u007f]/.test(part);
}
