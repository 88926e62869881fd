import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Compile } from 'typebox/compile';
import Type, { type Static } from 'typebox';
import { Appearance } from '../../src-contract/settings.ts';

const place = Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 });
const extent = Type.Integer({ minimum: 1, maximum: 1_000_000 });

const Remembered = Type.Object({
  bounds: Type.Union([Type.Object({ x: place, y: place, width: extent, height: extent }), Type.Null()]),
  maximized: Type.Boolean(),
  theme: Appearance.properties.theme,
});

/** What is known of the windows before the engine answers: where the last one was, and the theme in the settings. */
export type Remembered = Static<typeof Remembered>;

const NOTHING: Remembered = { bounds: null, maximized: false, theme: 'system' };
const remembered = Compile(Remembered);

/** Keeps {@link Remembered} in a small file. What is missing or not of that form counts as a first start. */
export class WindowMemory {
  readonly #file: string;
  readonly #onError: (error: unknown) => void;
  #present: Remembered;

  /** @param onError told when the file cannot be written, which costs nothing but the memory */
  constructor(file: string, onError: (error: unknown) => void) {
    this.#file = file;
    this.#onError = onError;
    this.#present = read(file);
  }

  /** What was remembered last. */
  get present(): Remembered {
    return this.#present;
  }

  /** Changes some of it and writes the file, whole or not at all. */
  remember(change: Partial<Remembered>): void {
    this.#present = { ...this.#present, ...change };
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(`${this.#file}.new`, JSON.stringify(this.#present));
      renameSync(`${this.#file}.new`, this.#file);
    } catch (error) {
      this.#onError(error);
    }
  }
}

function read(file: string): Remembered {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return remembered.Check(value) ? value : NOTHING;
  } catch {
    // A first start, or a file cut short by a crash: neither is worth a word.
    return NOTHING;
  }
}
