import { describe, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';

const node = (code: string) => ({ name: 'step', command: [process.execPath, '-e', code] });

describe('runCommand', () => {
  it('passes a command that exits with 0 and keeps what it printed, both streams', async () => {
    const result = await runCommand(node('console.log("out"); console.error("err")'));
    expect(result.outcome).toBe('passed');
    expect(result.output).toContain('out\n');
    expect(result.output).toContain('err\n');
  });

  it('fails a command that exits with another code', async () => {
    expect((await runCommand(node('process.exit(3)'))).outcome).toBe('failed');
  });

  it('fails a command that was killed, and says by what', async () => {
    const result = await runCommand(node('process.kill(process.pid, "SIGKILL")'));
    expect(result).toMatchObject({ outcome: 'failed' });
    expect(result.output).toContain('SIGKILL');
  });

  it('fails a command that does not exist, and says which', async () => {
    const result = await runCommand({ name: 'step', command: ['no-such-program-here'] });
    expect(result).toMatchObject({ outcome: 'failed' });
    expect(result.output).toContain('no-such-program-here');
  });

  it('keeps the end of an output without end', async () => {
    const result = await runCommand(
      node('for (let i = 0; i < 30_000; i++) console.log("a line of text", i)'),
    );
    expect(result.output.length).toBe(200_000);
    expect(result.output.endsWith('a line of text 29999\n')).toBe(true);
  });
});
