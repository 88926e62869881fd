import { errorMessage } from '../lib/error-message.ts';
import type { Clock } from '../lib/clock.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { HeadlessApp } from './headless-app.ts';

/** The part of Node's `process` that decides when the app ends. */
export interface ProcessEvents {
  on(event: string, listener: (value: unknown) => void): unknown;
}

/** What the app's life depends on. */
export interface LifeParts {
  readonly app: HeadlessApp;
  readonly clock: Clock;
  readonly process: ProcessEvents;
  /** Says something to whoever started the app. */
  say(words: string): void;
}

/** Stopping may take this long, in milliseconds. */
const STOP_MS = 5000;
/** Ctrl-C reaches a program from the terminal and again from npm: what follows this soon is the same wish. */
const ECHO_MS = 500;

/**
 * Resolves with the exit code when the app has ended: on SIGTERM or SIGINT cleanly with 0; with 1 on a second signal,
 * when stopping takes more than 5 s, or after a fault nobody caught.
 */
export function lifeOf(parts: LifeParts): Promise<ExitCode> {
  const { app, clock, process } = parts;
  const say = (words: string): void => parts.say(words);
  return new Promise((resolve) => {
    let stoppingSince: number | null = null;

    function stop(code: ExitCode): void {
      if (stoppingSince !== null) return;
      stoppingSince = clock.monotonic();
      const cancel = clock.after(STOP_MS, () => {
        say(`stopping took more than ${STOP_MS / 1000} s: ended as it was`);
        resolve(EXIT.failed);
      });
      app.stop().then(
        () => {
          cancel();
          resolve(code);
        },
        (error: unknown) => {
          cancel();
          say(`not everything stopped cleanly: ${errorMessage(error)}`);
          resolve(EXIT.failed);
        },
      );
    }

    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
      process.on(signal, () => {
        if (stoppingSince === null) {
          app.log?.info('stopping', { signal });
          return stop(EXIT.ok);
        }
        if (clock.monotonic() - stoppingSince < ECHO_MS) return;
        say(`${signal} again: ended without waiting for the rest`);
        resolve(EXIT.failed);
      });
    }
    for (const event of ['uncaughtException', 'unhandledRejection']) {
      process.on(event, (error) => {
        if (app.log === null) say(errorMessage(error));
        app.log?.error('a fault nobody caught: stopping', { event, error });
        stop(EXIT.failed);
      });
    }
  });
}
