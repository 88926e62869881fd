import { pino } from 'pino';
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import { redaction } from './redact.ts';
import type { Redaction } from './redact.ts';

/** Named values that go with a message. */
export type LogFields = Record<string, unknown>;

/** How much is written: a level and everything more serious. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Where every part of the app says what it does. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A log that adds `fields` to every line; a field of the same name in a line, or in a child, wins. */
  child(fields: LogFields): Log;
}

/** What `createLog` needs. */
export interface LogOptions {
  readonly level: LogLevel;
  /** Takes one JSON line, newline included. Must not throw: what it throws reaches the one who logs. */
  readonly write: (line: string) => void;
  readonly clock: Pick<Clock, 'now'>;
  /** Names of fields to hide beside the built-in ones (see `redaction`). */
  readonly redact?: readonly string[];
}

/** Says nothing; for tests, and for parts that were given no log. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silentLog };

/**
 * A log of JSON lines `{"level","time","message",…fields}`, time in ISO 8601 UTC, secrets and user info in URLs
 * hidden, values cut to a bounded size. The fields named level, time and message are the line's own; fields of these
 * names are written as `field_level` and so on.
 *
 * Built on pino for levels and writing of lines. Its own redaction goes by path, which finds a secret only where it
 * was expected, so values pass through `redaction` before pino sees them; its transports are not used, because a
 * worker thread hands its lines to the host through its port.
 */
export function createLog(options: LogOptions): Log {
  const { level, write, clock, redact = [] } = options;
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  return new PinoLog(logger, redaction(redact), {});
}

class PinoLog implements Log {
  readonly #logger: Logger;
  readonly #redaction: Redaction;
  readonly #fields: LogFields;

  constructor(logger: Logger, redact: Redaction, fields: LogFields) {
    this.#logger = logger;
    this.#redaction = redact;
    this.#fields = fields;
  }

  debug(message: string, fields?: LogFields): void {
    this.#write('debug', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#write('info', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#write('warn', message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#write('error', message, fields);
  }

  // Keeps the fields here and not in a child of pino's, which would write a field that is named twice twice.
  child(fields: LogFields): Log {
    return new PinoLog(this.#logger, this.#redaction, { ...this.#fields, ...this.#clean(fields) });
  }

  #write(level: 'debug' | 'info' | 'warn' | 'error', message: string, fields: LogFields = {}): void {
    if (!this.#logger.isLevelEnabled(level)) return;
    this.#logger[level]({ ...this.#fields, ...this.#clean(fields) }, this.#redaction.text(message));
  }

  #clean(fields: LogFields): LogFields {
    const entries = Object.entries(this.#redaction.fields(fields));
    return Object.fromEntries(
      entries.map(([name, value]) => [OWN.has(name) ? `field_${name}` : name, value]),
    );
  }
}

const OWN: ReadonlySet<string> = new Set(['level', 'time', 'message']);
