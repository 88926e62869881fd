import type { KeyPress } from '../../ui/key-press.ts';

/** A key press and its time. */
export interface TimedKeyPress extends KeyPress {
  /** Milliseconds, from any beginning. */
  timeStamp: number;
}

/** How long a `g` waits for its second key, in milliseconds. */
const PREFIX_MS = 1200;

/** Recognises shortcuts of one key (`?`), of two in a row (`g o`), and of Ctrl or Cmd with a key (`mod k`). */
export class KeySequence {
  readonly #shortcuts: ReadonlyMap<string, () => void>;
  #prefix: { key: string; at: number } | null = null;

  constructor(shortcuts: ReadonlyMap<string, () => void>) {
    this.#shortcuts = shortcuts;
  }

  /**
   * Takes a key press and does what it completes.
   * @param typing the press goes into a text: only combinations with Ctrl or Cmd count.
   * @returns true when the press was a shortcut, and nothing else should come of it.
   */
  press(event: TimedKeyPress, typing: boolean): boolean {
    if (event.ctrlKey || event.metaKey) return this.#run(`mod ${event.key.toLowerCase()}`);
    if (typing || event.altKey) return false;
    const prefix = this.#prefix;
    this.#prefix = null;
    if (
      prefix !== null &&
      event.timeStamp - prefix.at <= PREFIX_MS &&
      this.#run(`${prefix.key} ${event.key}`)
    ) {
      return true;
    }
    if (this.#run(event.key)) return true;
    this.#prefix = { key: event.key, at: event.timeStamp };
    return false;
  }

  #run(keys: string): boolean {
    const action = this.#shortcuts.get(keys);
    action?.();
    return action !== undefined;
  }
}

/** Whether a key press goes into a text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  return target.matches('textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"])');
}
