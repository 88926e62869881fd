/**
 * Draws the icons of `resources/` from their SVG sources: `node scripts/launch.js make-icons`. Needed only after one of
 * these was changed; what it writes is committed.
 */
import './check-node.js';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium as browserType, type Page } from '@playwright/test';
import { icns, ico, type Picture } from './icons/icon-containers.ts';
import { chromium } from './system/programs.ts';

const RESOURCES = join(import.meta.dirname, '../resources');
/** Up to this side the drawing that is made for whole pixels is used. */
const SMALL = 24;
/** macOS colours a picture by itself when its name ends in `Template`. */
const TRAY = [
  ['tray', 'icon-small.svg'],
  ['trayTemplate', 'tray-template.svg'],
] as const;
const LINUX = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

async function drawn(page: Page, source: string, size: number): Promise<Picture> {
  const svg = readFileSync(join(RESOURCES, source), 'utf8');
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  return { size, png: await page.screenshot({ omitBackground: true }) };
}

function write(name: string, content: Buffer): void {
  writeFileSync(join(RESOURCES, name), content);
  console.log(`resources/${name} ${content.length} bytes`);
}

async function drawAll(page: Page): Promise<void> {
  const pictures = new Map<number, Picture>();
  for (const size of LINUX) {
    pictures.set(size, await drawn(page, size <= SMALL ? 'icon-small.svg' : 'icon.svg', size));
  }
  const chosen = (sizes: readonly number[]): Picture[] => sizes.flatMap((size) => pictures.get(size) ?? []);
  mkdirSync(join(RESOURCES, 'icons'), { recursive: true });
  for (const { size, png } of chosen(LINUX.filter((size) => size <= 512))) {
    write(`icons/${size}x${size}.png`, png);
  }
  for (const { png } of chosen([1024])) write('icon.png', png);
  write('icon.ico', ico(chosen([16, 24, 32, 48, 64, 128, 256])));
  write('icon.icns', icns(chosen([16, 32, 64, 128, 256, 512, 1024])));
  for (const [name, source] of TRAY) {
    write(`${name}.png`, (await drawn(page, source, 16)).png);
    write(`${name}@2x.png`, (await drawn(page, source, 32)).png);
  }
}

const executablePath = chromium();
const browser = await browserType.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--no-sandbox', '--force-color-profile=srgb'],
});
try {
  await drawAll(await browser.newPage());
} finally {
  await browser.close();
}
