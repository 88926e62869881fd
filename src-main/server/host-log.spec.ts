import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { hostLog } from './host-log.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsedesk-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('hostLog', () => {
  it('writes its own lines and those of the engine to the output and to a file', async () => {
    const lines: string[] = [];
    const log = hostLog(folder, 'info', new VirtualClock(), { write: (line) => lines.push(line) });
    log.log.info('hello', { token: 'secret' });
    log.log.debug('too quiet');
    log.writeLine('{"message":"from the engine"}\n');
    await log.stop();
    expect(lines.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual([
      'hello',
      'from the engine',
    ]);
    expect(readFileSync(join(folder, 'logs', 'pulsedesk.log'), 'utf8')).toBe(lines.join(''));
    expect(lines.join('')).not.toContain('secret');
  });

  it('goes on without the file when it cannot be written, and says so', async () => {
    writeFileSync(join(folder, 'logs'), 'in the way');
    const lines: string[] = [];
    const log = hostLog(folder, 'info', new VirtualClock(), { write: (line) => lines.push(line) });
    log.log.info('hello');
    await log.stop();
    expect(lines.join('')).toContain('hello');
    expect(lines.join('')).toContain('the log file cannot be written');
  });
});
