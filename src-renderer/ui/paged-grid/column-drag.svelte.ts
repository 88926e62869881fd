/** A press becomes a drag when it moved this far, in CSS pixels; shorter ones are clicks. */
const THRESHOLD = 6;

/** Dragging of a column's header to the place of another, with a mouse or pen. */
export class ColumnDrag {
  #from = $state<number | null>(null);
  #over = $state<number | null>(null);
  #startX = 0;
  #hasMoved = false;

  /** The place of the column that is dragged, or null. */
  get from(): number | null {
    return this.#over === null ? null : this.#from;
  }

  /** The place it would come to, or null while none is dragged. */
  get over(): number | null {
    return this.#over;
  }

  press(place: number, x: number): void {
    this.#from = place;
    this.#startX = x;
    this.#hasMoved = false;
  }

  /** @param place the header below the pointer, or null. */
  move(place: number | null, x: number): void {
    if (this.#from === null) return;
    this.#hasMoved ||= Math.abs(x - this.#startX) > THRESHOLD;
    if (this.#hasMoved) this.#over = place ?? this.#over ?? this.#from;
  }

  /** Ends the drag. Returns the move that was made, or null. */
  release(): { from: number; to: number } | null {
    const move = this.#from === null || this.#over === null ? null : { from: this.#from, to: this.#over };
    this.cancel();
    return move;
  }

  cancel(): void {
    this.#from = null;
    this.#over = null;
  }

  /** Whether the click that follows belongs to a drag, once. */
  takeClick(): boolean {
    const wasDrag = this.#hasMoved;
    this.#hasMoved = false;
    return wasDrag;
  }
}
