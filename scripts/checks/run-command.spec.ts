import { describe, expect, it } from 'vitest';
import { commandRunner } from './run-command.ts';

const node = (code: string) => ({ name: 'step', command: [process.execPath, '-e', code] });

const runCommand = commandRunner(new AbortController().signal);

describe('a command', () => {
  it('passes when it exits with 0, and what it printed is kept, both streams', async () => {
    const result = await runCommand(node('console.log("out"); console.error("err")'));
    expect(result.outcome).toBe('passed');
    expect(result.output).toContain('out\n');
    expect(result.output).toContain('err\n');
  });

  it('finds the variables it is given in its environment, beside those of whoever runs it', async () => {
    const runWith = commandRunner(new AbortController().signal, { GIVEN: 'a word' });
    const result = await runWith(node('console.log(process.env.GIVEN, "HOME" in process.env)'));
    expect(result.output).toContain(`a word ${'HOME' in process.env}\n`);
  });

  it('fails when it exits with another code', async () => {
    expect((await runCommand(node('process.exit(3)'))).outcome).toBe('failed');
  });

  it('fails when it was killed, and says by what', async () => {
    const result = await runCommand(node('process.kill(process.pid, "SIGKILL")'));
    expect(result).toMatchObject({ outcome: 'failed' });
    expect(result.output).toContain('SIGKILL');
  });

  it('fails when it does not exist, and says which', async () => {
    const result = await runCommand({ name: 'step', command: ['no-such-program-here'] });
    expect(result).toMatchObject({ outcome: 'failed' });
    expect(result.output).toContain('no-such-program-here');
  });

  it('has the end of its output kept, however long it is', async () => {
    const result = await runCommand(
      node('for (let i = 0; i < 30_000; i++) console.log("a line of text", i)'),
    );
    expect(result.output.length).toBe(200_000);
    expect(result.output.endsWith('a line of text 29999\n')).toBe(true);
  });

  it('is ended with everything it started when the run is interrupted', async () => {
    const controller = new AbortController();
    const parent = `
      const { spawn } = require('node:child_process');
      spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      process.exitCode = 0;`;
    const running = commandRunner(controller.signal)(node(parent));
    setImmediate(() => controller.abort());
    expect((await running).outcome).toBe('failed');
  });

  it('does not leave behind what it started when it ends by itself', async () => {
    const parent = `
      const { spawn } = require('node:child_process');
      spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }).unref();`;
    expect((await runCommand(node(parent))).outcome).toBe('passed');
  });

  it('does not start once the run was interrupted', async () => {
    const result = await commandRunner(AbortSignal.abort())(node('console.log("started")'));
    expect(result).toMatchObject({ outcome: 'failed', output: '' });
  });
});
