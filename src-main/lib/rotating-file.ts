import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Stoppable } from './disposables.ts';

const NEWLINE = 0x0a;

/** Where a rotating file lies and how much it keeps. */
export interface RotatingFileOptions {
  /** The file written to; older ones are named `path.1` (the newest) and so on. Missing folders are made. */
  readonly path: string;
  /** The most bytes per file; 10 MB (10,000,000) by default. */
  readonly maxBytes?: number;
  /** The most files, the current one included; 5 by default. */
  readonly files?: number;
  /** Told why lines are being lost: once, and again only after a line could be written in between. */
  readonly onError: (error: unknown) => void;
}

/** Takes lines of text. `write` appends a newline when the line has none, and never throws. */
export interface RotatingFile extends Stoppable {
  write(line: string): void;
}

/**
 * Appends lines to a file, synchronously, so that the last words of a dying process arrive. Before a line would take
 * the file over `maxBytes`, it becomes `path.1` and the oldest goes; a line longer than that is cut. A line that
 * cannot be written is lost and reported; the next one tries again. Lines after `stop` are ignored.
 * Throws a RangeError when `maxBytes` or `files` is not an integer of at least 1.
 */
export function rotatingFile(options: RotatingFileOptions): RotatingFile {
  const { path, maxBytes = 10_000_000, files = 5, onError } = options;
  for (const [name, value] of Object.entries({ maxBytes, files })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`${name} of a rotating file is an integer of at least 1, not ${value}`);
    }
  }
  let file: { readonly descriptor: number; bytes: number } | null = null;
  let failing = false;
  let stopped = false;

  function append(line: Uint8Array): void {
    file ??= open(path);
    if (file.bytes + line.length > maxBytes) {
      rotate();
      file = open(path);
    }
    file.bytes += writeAll(file.descriptor, line);
  }

  function rotate(): void {
    close();
    rmSync(numbered(path, files - 1), { force: true });
    for (let number = files - 2; number >= 0; number -= 1)
      renameIfThere(numbered(path, number), numbered(path, number + 1));
  }

  function close(): void {
    const old = file;
    file = null;
    if (old !== null) closeSync(old.descriptor);
  }

  function guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!failing) onError(error);
      failing = true;
    }
  }

  return {
    write(line) {
      if (stopped) return;
      guarded(() => {
        append(bytesOf(line, maxBytes));
        failing = false;
      });
    },
    async stop() {
      stopped = true;
      guarded(close);
    },
  };
}

function open(path: string): { descriptor: number; bytes: number } {
  mkdirSync(dirname(path), { recursive: true });
  const descriptor = openSync(path, 'a', 0o600);
  return { descriptor, bytes: fstatSync(descriptor).size };
}

/** The name of an older file; number 0 is the current one. */
function numbered(path: string, number: number): string {
  return number === 0 ? path : `${path}.${number}`;
}

function renameIfThere(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}

function bytesOf(line: string, maxBytes: number): Uint8Array {
  const bytes = Buffer.from(line.endsWith('\n') ? line : `${line}\n`);
  if (bytes.length <= maxBytes) return bytes;
  const cut = Buffer.from(bytes.subarray(0, maxBytes));
  cut[maxBytes - 1] = NEWLINE;
  return cut;
}

function writeAll(descriptor: number, bytes: Uint8Array): number {
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  return written;
}
