import { cssColour } from '../../../ui/charts/css-colour.ts';

/** Hands a file to the browser, which saves it where its user wants it. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of the content once the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}

/** A name for a file about a symbol, without what file systems refuse: `AAPL-1h-2026-11-21T093000Z.png`. */
export function fileName(symbol: string, interval: string, now: number, ending: string): string {
  const moment = new Date(now).toISOString().slice(0, 19).replaceAll(':', '');
  return `${symbol.replaceAll(/[^A-Z0-9.-]/g, '_')}-${interval}-${moment}Z.${ending}`;
}

const MARGIN = 16;
const TITLE_HEIGHT = 44;

/** A chart as a picture with its title, on the ground of the present theme. Rejects when the browser cannot draw it. */
export function chartPicture(drawn: HTMLCanvasElement, title: string): Promise<Blob> {
  const scale = window.devicePixelRatio;
  const canvas = document.createElement('canvas');
  canvas.width = drawn.width + 2 * MARGIN * scale;
  canvas.height = drawn.height + (TITLE_HEIGHT + MARGIN) * scale;
  const paint = canvas.getContext('2d');
  if (paint === null) return Promise.reject(new Error('this browser cannot draw pictures'));
  paint.fillStyle = cssColour('--surface-1');
  paint.fillRect(0, 0, canvas.width, canvas.height);
  paint.fillStyle = cssColour('--text');
  paint.font = `600 ${15 * scale}px ${getComputedStyle(document.body).fontFamily}`;
  paint.textBaseline = 'middle';
  paint.fillText(title, MARGIN * scale, (TITLE_HEIGHT / 2) * scale);
  paint.drawImage(drawn, MARGIN * scale, TITLE_HEIGHT * scale);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('the picture could not be encoded'));
      else resolve(blob);
    }, 'image/png');
  });
}
