/** Characters of the subject and bytes of each end of the body that a hash is made of; the rest is compared. */
const HASHED = 64;

/** A bounded number of messages that were taken, to be recognised by content, oldest first. */
export class OverlapPage {
  readonly #bodies: Uint8Array;
  readonly #subjects: string[];
  readonly #times: Float64Array;
  readonly #ends: Uint32Array;
  #count = 0;
  #used = 0;
  /** Positions of messages with the same hash, and how many of them are done with. Made only when somebody asks. */
  readonly #index = new Map<number, { positions: number[]; done: number }>();
  #indexed = 0;

  /** Room for this many messages and bytes of bodies. */
  constructor(messages: number, bytes: number) {
    this.#bodies = new Uint8Array(bytes);
    this.#subjects = new Array<string>(messages).fill('');
    this.#times = new Float64Array(messages);
    this.#ends = new Uint32Array(messages);
  }

  /** Forgets everything; cheaper than a new page. */
  reset(): void {
    this.#count = 0;
    this.#used = 0;
    this.#index.clear();
    this.#indexed = 0;
  }

  /** Adds a message; false when the page is full. */
  add(subject: string, body: Uint8Array, receivedAt: number): boolean {
    const position = this.#count;
    const start = this.#used;
    if (position >= this.#times.length || start + body.length > this.#bodies.length) return false;
    this.#bodies.set(body, start);
    this.#subjects[position] = subject;
    this.#times[position] = receivedAt;
    this.#used = start + body.length;
    this.#ends[position] = this.#used;
    this.#count = position + 1;
    return true;
  }

  /** Whether an equal message, received at `publishedAt` or later, is there; each answers true once. */
  takes(subject: string, body: Uint8Array, publishedAt: number): boolean {
    if (publishedAt > (this.#times[this.#count - 1] ?? -Infinity)) return false;
    this.#bringIndexUpToDate();
    const bucket = this.#index.get(hashOf(subject, body));
    if (bucket === undefined) return false;
    const { positions } = bucket;
    for (let at = bucket.done; at < positions.length; at += 1) {
      const position = positions[at] ?? -1;
      if (position < 0 || !this.#equals(position, subject, body)) continue;
      // What was received before this one was published is none of the later ones either.
      positions[at] = -1;
      while (positions[bucket.done] === -1) bucket.done += 1;
      if ((this.#times[position] ?? -Infinity) >= publishedAt) return true;
    }
    return false;
  }

  #equals(position: number, subject: string, body: Uint8Array): boolean {
    return this.#subjects[position] === subject && this.#body(position).equals(body);
  }

  #body(position: number): Buffer {
    const start = position === 0 ? 0 : (this.#ends[position - 1] ?? 0);
    return Buffer.from(this.#bodies.buffer, start, (this.#ends[position] ?? 0) - start);
  }

  #bringIndexUpToDate(): void {
    for (; this.#indexed < this.#count; this.#indexed += 1) {
      const hash = hashOf(this.#subjects[this.#indexed] ?? '', this.#body(this.#indexed));
      const bucket = this.#index.get(hash);
      if (bucket === undefined) this.#index.set(hash, { positions: [this.#indexed], done: 0 });
      else bucket.positions.push(this.#indexed);
    }
  }
}

/** FNV-1a. */
function hashOf(subject: string, body: Uint8Array): number {
  let hash = 0x811c9dc5 ^ body.length;
  const step = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193);
  };
  for (let at = 0; at < Math.min(HASHED, subject.length); at += 1) step(subject.charCodeAt(at));
  for (let at = 0; at < Math.min(HASHED, body.length); at += 1) step(body[at] ?? 0);
  for (let at = Math.max(HASHED, body.length - HASHED); at < body.length; at += 1) step(body[at] ?? 0);
  return hash;
}
