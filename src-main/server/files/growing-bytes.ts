import { open, type FileHandle } from 'node:fs/promises';
import type { JobWatch } from './job-watch.ts';

const CHUNK_BYTES = 64 * 1024;

/**
 * The bytes of a file while a job still writes it, to its end. Rejects when the job does not come to its end.
 * @param files where it may be: where it grows, and where it is when it is complete.
 */
export async function* growingBytes(
  files: readonly [growing: string, complete: string],
  watch: Pick<JobWatch, 'isDone' | 'change'>,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void> {
  const file = await openEither(files);
  try {
    for (;;) {
      signal.throwIfAborted();
      // Both before it is read: what is written in between is found by the next turn.
      const { isDone, change } = watch;
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, null);
      if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
      else if (isDone) return;
      else await change;
    }
  } finally {
    await file.close();
  }
}

/** It is renamed when it is complete, which may be now. */
async function openEither([growing, complete]: readonly [string, string]): Promise<FileHandle> {
  try {
    return await open(growing);
  } catch {
    return open(complete);
  }
}
