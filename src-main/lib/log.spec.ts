import { describe, expect, it } from 'vitest';
import { createLog, silentLog } from './log.ts';
import type { Log, LogLevel } from './log.ts';

function recorded(
  level: LogLevel = 'debug',
  redact?: string[],
): { log: Log; lines: string[]; read: () => unknown[] } {
  const lines: string[] = [];
  const clock = { now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 6) };
  const log = createLog({ level, write: (line) => void lines.push(line), clock, ...(redact && { redact }) });
  return { log, lines, read: () => lines.map((line): unknown => JSON.parse(line)) };
}

describe('createLog', () => {
  it('writes one JSON line with level, time, message and fields', () => {
    const { log, lines } = recorded();
    log.info('stream opened', { stream: 'PULSE_DEV', sequence: 7 });
    expect(lines).toEqual([
      '{"level":"info","time":"2026-01-02T03:04:05.006Z","stream":"PULSE_DEV","sequence":7,"message":"stream opened"}\n',
    ]);
  });

  it('names each level and writes nothing below its own', () => {
    const { log, read } = recorded('warn');
    for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level](level);
    expect(read()).toMatchObject([{ level: 'warn' }, { level: 'error' }]);
    const all = recorded('debug');
    for (const level of ['debug', 'info', 'warn', 'error'] as const) all.log[level](level);
    expect(all.read()).toMatchObject(
      ['debug', 'info', 'warn', 'error'].map((level) => ({ level, message: level })),
    );
    const none = recorded('silent');
    none.log.error('unheard');
    expect(none.lines).toEqual([]);
    let looked = false;
    none.log.error('unheard', {
      get costly() {
        looked = true;
        return 1;
      },
    });
    expect(looked).toBe(false);
  });

  it('keeps a line on one line whatever the text', () => {
    const { log, lines } = recorded();
    log.info('two\nlines "quoted"', { text: 'a\nb' });
    expect(lines[0]?.indexOf('\n')).toBe((lines[0]?.length ?? 0) - 1);
  });

  it('gives a child the fields of its parents, the nearest winning, each name once', () => {
    const { log, lines, read } = recorded();
    log.child({ service: 'nats', env: 'dev' }).child({ env: 'prod' }).info('up', { service: 'http' });
    expect(read()).toMatchObject([{ service: 'http', env: 'prod', message: 'up' }]);
    expect(lines[0]?.match(/"service"/g)).toHaveLength(1);
    log.info('plain');
    expect(read()[1]).not.toHaveProperty('service');
  });

  it('does not let a field replace the level, the time or the message of a line', () => {
    const { log, read } = recorded();
    log.info('true', { message: 'false', level: 'fatal', time: 0 });
    expect(read()).toMatchObject([
      { level: 'info', message: 'true', field_message: 'false', field_level: 'fatal', field_time: 0 },
    ]);
  });

  it('hides secrets in fields, in a child and in the message, and the names it was told', () => {
    const { log, lines, read } = recorded('debug', ['Pin']);
    log.child({ token: 't1' }).info('connecting to nats://u:p4ss@host:4222', { pin: 1234, password: 'p4ss' });
    expect(read()).toMatchObject([
      { token: '***', pin: '***', password: '***', message: 'connecting to nats://***@host:4222' },
    ]);
    expect(lines.join('')).not.toMatch(/p4ss|1234|t1/);
  });
});

describe('silentLog', () => {
  it('accepts everything and is its own child', () => {
    for (const level of ['debug', 'info', 'warn', 'error'] as const) silentLog[level]('unheard', { a: 1 });
    expect(silentLog.child({ a: 1 })).toBe(silentLog);
  });
});
