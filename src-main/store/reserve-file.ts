import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** How much room is set aside for what must still be written when the disk is full. */
export const RESERVE_BYTES = 8 * 1024 * 1024;

/** It is made again only while this much stays free beside it. */
const FREE_BESIDE_BYTES = 3 * RESERVE_BYTES;

/**
 * A file that only takes up room, to be given back when the disk is full: deleting rows needs room too, so without it
 * nothing could be cleaned up.
 */
export class ReserveFile {
  readonly #file: string;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#file = join(folder, 'reserve');
  }

  /** Whether there is something to give back. */
  get held(): boolean {
    return existsSync(this.#file);
  }

  /** Makes the file if it is missing and there is room; answers whether it is there. */
  ensure(): boolean {
    if (this.held) return true;
    const { bavail, bsize } = statfsSync(this.#folder);
    if (bavail * bsize < RESERVE_BYTES + FREE_BESIDE_BYTES) return false;
    const handle = openSync(this.#file, 'wx');
    try {
      const block = Buffer.alloc(1024 * 1024, 1);
      for (let written = 0; written < RESERVE_BYTES; written += block.length) writeSync(handle, block);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    return true;
  }

  /** Gives the room back; false when there was none to give. */
  release(): boolean {
    const held = this.held;
    rmSync(this.#file, { force: true });
    return held;
  }
}
