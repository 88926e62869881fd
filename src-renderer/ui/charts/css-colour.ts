let context: CanvasRenderingContext2D | null | undefined;

function sampler(): CanvasRenderingContext2D | null {
  if (context === undefined) {
    const canvas = document.createElement('canvas');
    canvas.width = 1;
    canvas.height = 1;
    context = canvas.getContext('2d', { willReadFrequently: true });
  }
  return context;
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/**
 * The present value of a colour token as six hex digits, which every canvas library reads; tokens themselves are OKLCH.
 * @param alpha 0 to 1, written as two more digits.
 */
export function cssColour(token: string, alpha = 1): string {
  const paint = sampler();
  const value = getComputedStyle(document.documentElement).getPropertyValue(token).trim();
  if (paint === null || value === '') return 'transparent';
  paint.clearRect(0, 0, 1, 1);
  paint.fillStyle = value;
  paint.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = paint.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue, Math.round(alpha * 255)].map(hex).join('')}`;
}

/** Calls `changed` whenever theme or palette change; returns what stops it. */
export function onColoursChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-palette'] });
  return () => observer.disconnect();
}
