/** Near its ends, for so many pixels, a list that is higher than its element still scrolls as any other does. */
export const EXACT_ENDS = 500_000;

/** How far a list and the element that stands for it can be scrolled, in pixels; the element's is at least 3 ends. */
export interface ScrollScale {
  list: number;
  element: number;
}

/** Pixels of the list for one of the element, between the ends. */
function ratioOf({ list, element }: ScrollScale): number {
  return (list - 2 * EXACT_ENDS) / (element - 2 * EXACT_ENDS);
}

/** Where the list stands when the element stands at `top`. */
export function listTopOf(top: number, scale: ScrollScale): number {
  if (top <= EXACT_ENDS) return top;
  if (top >= scale.element - EXACT_ENDS) return scale.list - (scale.element - top);
  return EXACT_ENDS + (top - EXACT_ENDS) * ratioOf(scale);
}

/** Where the element has to stand for the list to stand at `top`. */
export function elementTopOf(top: number, scale: ScrollScale): number {
  if (top <= EXACT_ENDS) return top;
  if (top >= scale.list - EXACT_ENDS) return scale.element - (scale.list - top);
  return EXACT_ENDS + (top - EXACT_ENDS) / ratioOf(scale);
}

/** Whether the element stands near one of its ends, where it moves as far as the list does. */
export function isAtExactEnd(elementTop: number, { element }: ScrollScale): boolean {
  return elementTop <= EXACT_ENDS || elementTop >= element - EXACT_ENDS;
}
