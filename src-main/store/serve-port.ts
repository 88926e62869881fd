import type { MessagePort } from 'node:worker_threads';
import type { Log, LogFields } from '../lib/log.ts';
import type { FromThread, ToThread } from './thread-messages.ts';
import { errorData } from './wire-error.ts';

type Call = (...args: unknown[]) => unknown;

/** What a port of this thread can say unasked. */
export interface Unasked {
  log: Log;
  /** The log of the database grew by some MiB. */
  grown: () => void;
}

/** What a thread of the store serves. */
export interface Served<P> {
  port: P & { close(): void };
  names: readonly (keyof P)[];
  setAside: string | null;
  /** A call was answered: what came with it is needed no more. */
  answered?: (name: string, args: unknown[]) => void;
}

/**
 * Opens a port in this thread and answers calls that come from `parent`, one after the other in their order, until it is
 * told to stop; then closes it. Says to `answers` that it is ready, or why it cannot be opened, and what it answers.
 */
export function servePort<P extends object>(
  parent: MessagePort,
  answers: MessagePort,
  open: (unasked: Unasked) => Served<P>,
): void {
  const say = (message: FromThread): void => answers.postMessage(message);
  const end = (): void => {
    parent.close();
    answers.close();
  };
  let served: Served<P>;
  try {
    served = open({ log: portLog(say, {}), grown: () => say({ type: 'grown' }) });
  } catch (error) {
    say({ type: 'failed', error: errorData(error) });
    end();
    return;
  }
  parent.on('message', (message: ToThread) => {
    if (message.type === 'call') {
      say(answerTo(served, message));
      served.answered?.(message.name, message.args);
      return;
    }
    served.port.close();
    end();
  });
  say({ type: 'ready', setAside: served.setAside });
}

function answerTo<P extends object>(
  { port, names }: Served<P>,
  { id, name, args }: { id: number; name: string; args: unknown[] },
): FromThread {
  try {
    const known = names.find((one) => one === name);
    if (known === undefined) throw new RangeError(`the store has no function "${name}"`);
    return { type: 'answer', id, value: (port[known] as Call).apply(port, args) };
  } catch (error) {
    return { type: 'refusal', id, error: errorData(error) };
  }
}

/** A log whose lines the other thread writes. */
function portLog(say: (message: FromThread) => void, own: LogFields): Log {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: LogFields = {}): void =>
      say({ type: 'log', level, message, fields: { ...own, ...fields } });
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => portLog(say, { ...own, ...fields }),
  };
}
