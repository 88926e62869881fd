import type { FeedView } from '../client.ts';
import type { ServerMessage } from '../frames.ts';
import { HELLO, Pipe } from './pipe.ts';

/** A client whose engine has said hello. */
export function livePipe(whenDrawn?: (acknowledge: () => void) => void): Pipe {
  const pipe = new Pipe(whenDrawn);
  pipe.say(HELLO);
  return pipe;
}

/** Opens the feed of sparks and keeps what its listener hears. */
export function openSparks(pipe: Pipe): {
  views: FeedView<'sparks'>[];
  last(): FeedView<'sparks'>;
  close(): void;
} {
  const views: FeedView<'sparks'>[] = [];
  const close = pipe.client.open('sparks', {}, (view) => views.push(view));
  return {
    views,
    close,
    last() {
      const view = views.at(-1);
      if (view === undefined) throw new Error('nothing was shown');
      return view;
    },
  };
}

/** A frame with the whole state of the feed `id`, its first unless `seq` says otherwise. */
export const snapshot = (id: number, seq = 0): ServerMessage => ({
  t: 'frame',
  frame: 1,
  feeds: [{ id, seq, snapshot: { head: { env: 'dev' }, rows: [{ slug: 'a', points: [1] }] } }],
});
