/** No element is made higher, in CSS pixels: browsers cut them off somewhere between 17 and 33 millions. */
export const MAX_HEIGHT = 8_000_000;
/** Stands in for the height of the view until it is measured, and in tests without layout. */
const USUAL_VIEW = 640;

/**
 * Where the view stands in a list that may be higher than any element can be. `top` is exact, in the pixels of the whole
 * list; `elementTop` is where the scroller stands. Up to {@link MAX_HEIGHT} they are the same. Above it, far moves go in
 * proportion and near ones by their own length; the scroller is brought back into proportion when it rests.
 */
export class ScrollPlace {
  readonly #rowCount: () => number;
  #rowHeight = $state(28);
  #measuredView = $state(0);
  #top = $state(0);
  #elementTop = $state(0);
  /** The way of the last move: 1 is down. */
  #ahead = $state<1 | -1>(1);

  /** Height of the whole list. */
  readonly fullHeight = $derived.by(() => this.#rowCount() * this.#rowHeight);
  /** Height of the element that stands for it. */
  readonly height = $derived.by(() => Math.min(this.fullHeight, MAX_HEIGHT));
  readonly isScaled = $derived.by(() => this.fullHeight > MAX_HEIGHT);
  /** The furthest `top`. */
  readonly furthest = $derived.by(() => Math.max(0, this.fullHeight - this.viewHeight));
  /** Pixels of the list for one of the scroller. */
  readonly #ratio = $derived.by(() => this.furthest / Math.max(1, this.height - this.viewHeight));
  /** What is added to a row's own place to get its place in the element. */
  readonly shift = $derived.by(() => (this.isScaled ? this.#elementTop - this.top : 0));

  /** @param rowCount is read reactively. */
  constructor(rowCount: () => number) {
    this.#rowCount = rowCount;
  }

  get top(): number {
    return Math.min(this.#top, this.furthest);
  }

  get ahead(): 1 | -1 {
    return this.#ahead;
  }

  get viewHeight(): number {
    return this.#measuredView > 0 ? this.#measuredView : USUAL_VIEW;
  }

  get rowHeight(): number {
    return this.#rowHeight;
  }

  /**
   * Takes the measured heights of a row and of the part of the scroller that shows rows. The first row in view stays.
   * @returns whether the scroller has to be brought to `top`.
   */
  measure(rowHeight: number, viewHeight: number): boolean {
    this.#measuredView = viewHeight;
    if (rowHeight <= 0 || rowHeight === this.#rowHeight) return false;
    this.#top *= rowHeight / this.#rowHeight;
    this.#rowHeight = rowHeight;
    return true;
  }

  /**
   * Follows the scroller.
   * @param elementTop where it stands now.
   * @param byTouch a finger moves it: it may come to the end of the element before the list is at its own.
   */
  follow(elementTop: number, byTouch: boolean): void {
    const move = elementTop - this.#elementTop;
    if (move === 0) return;
    this.#elementTop = elementTop;
    this.#goTo(this.isScaled ? this.#scaledTop(elementTop, move, byTouch) : elementTop);
  }

  /** Goes to a place. Returns where the scroller has to stand for it; say with {@link standAt} where it then did. */
  moveTo(top: number): number {
    this.#goTo(top);
    return this.isScaled ? this.top / this.#ratio : this.top;
  }

  /** Takes where the scroller stands, without moving the list: browsers round what they are told. */
  standAt(elementTop: number): void {
    this.#elementTop = elementTop;
  }

  /** Where the top of a row lies in the element. */
  offsetOf(row: number): number {
    return row * this.#rowHeight + this.shift;
  }

  #scaledTop(elementTop: number, move: number, byTouch: boolean): number {
    const end = this.height - this.viewHeight;
    const isAtEdge = elementTop <= 0 || elementTop >= end - 1;
    const isNear = Math.abs(move) < this.viewHeight && !(isAtEdge && !byTouch);
    return isNear ? this.top + move : elementTop * this.#ratio;
  }

  #goTo(top: number): void {
    const next = Math.min(this.furthest, Math.max(0, top));
    if (next !== this.#top) this.#ahead = next > this.#top ? 1 : -1;
    this.#top = next;
  }
}
