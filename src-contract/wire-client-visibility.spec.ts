import { describe, expect, it } from 'vitest';
import { HELLO, Pipe } from './testing/pipe.ts';

class FakeVisibility {
  visible = true;
  #listener: (() => void) | null = null;

  onChange(listener: () => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = null;
    };
  }

  turn(visible: boolean): void {
    this.visible = visible;
    this.#listener?.();
  }
}

describe('a client that nobody can see', () => {
  it('says so, and that it can be seen again', () => {
    const visibility = new FakeVisibility();
    const pipe = new Pipe(undefined, visibility);
    pipe.say(HELLO);
    expect(pipe.taken()).toEqual([]);
    visibility.turn(false);
    visibility.turn(true);
    expect(pipe.taken()).toEqual([
      { t: 'visible', visible: false },
      { t: 'visible', visible: true },
    ]);
  });

  it('says so again to an engine that restarted, and nothing while there is none', () => {
    const visibility = new FakeVisibility();
    const pipe = new Pipe(undefined, visibility);
    visibility.turn(false);
    expect(pipe.taken()).toEqual([]);
    pipe.say(HELLO);
    expect(pipe.taken()).toEqual([{ t: 'visible', visible: false }]);
    pipe.say(HELLO);
    expect(pipe.taken()).toEqual([{ t: 'visible', visible: false }]);
    pipe.client.close();
    visibility.turn(true);
    expect(pipe.taken()).toEqual([]);
  });
});
