const DAY_MS = 86_400_000;

/** How long something has been open since the UTC day began. Times are UTC milliseconds. */
export class OpenTime {
  #day = 0;
  #closedMs = 0;
  #openSince: number | null = null;

  /** It opened or closed at a time; saying the same again changes nothing. */
  take(at: number, isOpen: boolean): void {
    this.#roll(at);
    if (isOpen) {
      this.#openSince ??= at;
      return;
    }
    if (this.#openSince !== null) this.#closedMs += Math.max(0, at - Math.max(this.#openSince, this.#day));
    this.#openSince = null;
  }

  /** Milliseconds of the day of `now` in which it was open. */
  read(now: number): number {
    this.#roll(now);
    const open = this.#openSince === null ? 0 : Math.max(0, now - Math.max(this.#openSince, this.#day));
    return this.#closedMs + open;
  }

  #roll(now: number): void {
    const day = Math.floor(now / DAY_MS) * DAY_MS;
    if (day <= this.#day) return;
    this.#day = day;
    this.#closedMs = 0;
  }
}
