/** Bytes of bodies that a host may hold at once: those being read, and those not answered yet. */
export class IntakeRoom {
  readonly #limit: number;
  #held = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes that are held now. */
  get held(): number {
    return this.#held;
  }

  /** Takes room for a body; null when there is none. What it returns gives the room back, once. */
  take(bytes: number): (() => void) | null {
    if (this.#held + bytes > this.#limit) return null;
    this.#held += bytes;
    let isHeld = true;
    return () => {
      if (isHeld) this.#held -= bytes;
      isHeld = false;
    };
  }
}
