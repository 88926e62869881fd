/**
 * Gives back at once the memory that a view looks at, with all other views on it, which are empty from then on. For large
 * buffers that come by the hundred a second: collectors count them as memory held, run early for their sake, and leave them
 * lying meanwhile.
 */
export function freeMemory({ buffer }: ArrayBufferView): void {
  if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0);
}
