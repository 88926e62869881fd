import { appendFile, rm } from 'node:fs/promises';

const HIGH_SURROGATE = /[\uD800-\uDBFF]$/;

/** A file that comes in parts of text, in UTF-8 on disk. One part is written after the other. */
export class SpooledFile {
  readonly path: string;
  readonly #limit: number;
  #bytes = 0;
  /** Half a character that the last part ended with. */
  #half = '';
  #writing: Promise<void> = Promise.resolve();

  /** @param limit bytes that it may have */
  constructor(path: string, limit: number) {
    this.path = path;
    this.#limit = limit;
  }

  /** Bytes so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds a part; throws a RangeError when the file would be too large. */
  append(part: string): Promise<void> {
    const text = this.#half + part;
    this.#half = HIGH_SURROGATE.exec(text)?.[0] ?? '';
    const bytes = Buffer.from(this.#half === '' ? text : text.slice(0, -1));
    if (this.#bytes + bytes.length > this.#limit) {
      throw new RangeError(
        `the file is larger than ${this.#limit.toLocaleString('en')} bytes, the most that is taken`,
      );
    }
    this.#bytes += bytes.length;
    this.#writing = this.#writing.then(() => appendFile(this.path, bytes));
    return this.#writing;
  }

  /** Resolves when all of it is on disk. */
  async written(): Promise<void> {
    // Also makes the file where no part came.
    await this.append('');
  }

  /** Deletes it. */
  async remove(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await rm(this.path, { force: true });
  }
}
