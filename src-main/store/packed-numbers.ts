/** Bytes that the largest number takes: 53 bits, seven in a byte. */
const MOST_BYTES = 8;

/**
 * Writes whole numbers one after another, small ones in few bytes: seven bits in each byte, the lowest first, the eighth
 * says that more follow. What is no whole number, or beyond 2^53, throws a RangeError.
 */
export class NumberWriter {
  #bytes: Uint8Array;
  #at = 0;

  /** @param size bytes to begin with; it grows when they do not suffice. */
  constructor(size: number) {
    this.#bytes = new Uint8Array(Math.max(size, MOST_BYTES));
  }

  /** What was written so far: a view, which the next number may leave behind. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  /** Writes a number that is not negative. */
  put(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`${value} is no whole number from 0 on`);
    this.#reserve();
    this.#putRest(value);
  }

  /** Writes a number of either sign: the seventh bit of its first byte says which. */
  putSigned(value: number): void {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no whole number`);
    this.#reserve();
    const size = Math.abs(value);
    const first = (size % 64) + (value < 0 ? 64 : 0);
    if (size < 64) this.#bytes[this.#at++] = first;
    else {
      this.#bytes[this.#at++] = first + 128;
      this.#putRest(Math.floor(size / 64));
    }
  }

  #putRest(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.#bytes[this.#at++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#at++] = rest;
  }

  #reserve(): void {
    if (this.#at + MOST_BYTES <= this.#bytes.length) return;
    const grown = new Uint8Array(this.#bytes.length * 2);
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}

/** Reads what a {@link NumberWriter} wrote, in the same order. Throws a RangeError behind the end. */
export class NumberReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  take(): number {
    return this.#takeRest(0, 1);
  }

  takeSigned(): number {
    const first = this.#byte();
    const low = first % 64;
    const size = first >= 128 ? this.#takeRest(low, 64) : low;
    return first & 64 && size > 0 ? -size : size;
  }

  #takeRest(low: number, unit: number): number {
    let value = low;
    let scale = unit;
    for (;;) {
      const byte = this.#byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new RangeError('packed numbers end too early');
    return byte;
  }
}
