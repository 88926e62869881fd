import { elementTopOf, isAtExactEnd, listTopOf, type ScrollScale } from './scroll-scale.ts';

/** No element is made higher, in CSS pixels: browsers cut them off somewhere between 17 and 33 millions. */
export const MAX_HEIGHT = 8_000_000;
/** Rows of a list that scrolls are placed from one in so many. */
const BAND_ROWS = 1024;
/** So far the scroller may be out of scale, in its pixels: less than one of its thumb's. */
const SLACK = 2000;
/** No view is taken for higher, in rows: a page that lets the list be as high as its rows would have all of them drawn. */
export const MOST_ROWS = 250;
/** Stands in for the height of the view until it is measured, and in tests without layout. */
const USUAL_VIEW = 640;

/**
 * Where the view stands in a list that may be higher than any element can be. `top` is exact, in the pixels of the whole
 * list; `elementTop` is where the scroller stands. Up to {@link MAX_HEIGHT} they are the same. Above it, far moves go by
 * the scale of scroll-scale.ts and near ones by their own length; the scroller is brought back to scale when it rests.
 */
export class ScrollPlace {
  readonly #rowCount: () => number;
  #rowHeight = $state(28);
  #measuredView = $state(0);
  #top = $state(0);
  #elementTop = $state(0);
  /** Where the scroller was told to stand, until it says where it does. */
  #told: number | null = null;
  /** The way of the last move: 1 is down. */
  #ahead = $state<1 | -1>(1);

  /** Height of the whole list. */
  readonly fullHeight = $derived.by(() => this.#rowCount() * this.#rowHeight);
  /** Height of the element that stands for it. */
  readonly height = $derived.by(() => Math.min(this.fullHeight, MAX_HEIGHT));
  readonly isScaled = $derived.by(() => this.fullHeight > MAX_HEIGHT);
  /** The furthest `top`. */
  readonly furthest = $derived.by(() => Math.max(0, this.fullHeight - this.viewHeight));
  readonly #scale: ScrollScale = $derived.by(() => ({
    list: this.furthest,
    element: this.height - this.viewHeight,
  }));
  /** The row that places of drawn rows are counted from; it changes only now and then, so that rows seldom do. */
  readonly base = $derived.by(() => Math.floor(this.top / this.#rowHeight / BAND_ROWS) * BAND_ROWS);
  /** Where the base row lies in the element. */
  readonly baseOffset = $derived.by(() => this.offsetOf(this.base));

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
    this.#measuredView = Math.min(viewHeight, MOST_ROWS * (rowHeight > 0 ? rowHeight : this.#rowHeight));
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
    const isTold = this.#told !== null && Math.abs(elementTop - this.#told) <= 1;
    this.#told = null;
    this.#elementTop = elementTop;
    if (move === 0 || isTold) return;
    this.#goTo(this.isScaled ? this.#scaledTop(elementTop, move, byTouch) : elementTop);
  }

  /** Goes to a place. Returns where the scroller has to stand for it, null when it may stay where it is. */
  moveTo(top: number): number | null {
    this.#goTo(top);
    // Whole pixels: browsers round others as they like.
    const elementTop = Math.round(this.#elementTopOf(this.top));
    if (this.#maySlack(elementTop)) return null;
    this.#elementTop = elementTop;
    this.#told = elementTop;
    return elementTop;
  }

  /** Whether the scroller moves just as far as the list does, so that the browser can be left to it. */
  get isExact(): boolean {
    if (!this.isScaled) return true;
    const isInScale = Math.abs(this.#elementTopOf(this.top) - this.#elementTop) < 1;
    return isInScale && isAtExactEnd(this.#elementTop, this.#scale);
  }

  #elementTopOf(top: number): number {
    return this.isScaled ? elementTopOf(top, this.#scale) : top;
  }

  /** Nobody sees a scroller that is a little out of scale, but moving it lays out all rows. Near its ends it counts. */
  #maySlack(elementTop: number): boolean {
    if (!this.isScaled || isAtExactEnd(this.#elementTop, this.#scale)) return false;
    return !isAtExactEnd(elementTop, this.#scale) && Math.abs(elementTop - this.#elementTop) < SLACK;
  }

  /** Where the top of a row lies in the element. */
  offsetOf(row: number): number {
    const shift = this.isScaled ? this.#elementTop - this.top : 0;
    return row * this.#rowHeight + shift;
  }

  #scaledTop(elementTop: number, move: number, byTouch: boolean): number {
    const end = this.#scale.element;
    if (!byTouch && elementTop <= 0) return 0;
    if (!byTouch && elementTop >= end - 1) return this.furthest;
    return Math.abs(move) < this.viewHeight ? this.top + move : listTopOf(elementTop, this.#scale);
  }

  #goTo(top: number): void {
    const next = Math.min(this.furthest, Math.max(0, top));
    if (next !== this.#top) this.#ahead = next > this.#top ? 1 : -1;
    this.#top = next;
  }
}
