import { describe, expect, it } from 'vitest';
import { runSteps } from './run-steps.ts';
import type { Step, StepResult } from './step.ts';

const step = (name: string, more: Partial<Step> = {}): Step => ({ name, command: [name], ...more });

/** A runner whose steps end when the test says so, in the order it says. */
class HandDriven {
  readonly started: string[] = [];
  readonly #ends = new Map<string, (outcome: StepResult['outcome']) => void>();

  readonly run = (one: Step): Promise<StepResult> => {
    this.started.push(one.name);
    return new Promise((resolve) => {
      this.#ends.set(one.name, (outcome) => resolve({ step: one, outcome, seconds: 1, output: '' }));
    });
  };

  async end(name: string, outcome: StepResult['outcome'] = 'passed'): Promise<void> {
    this.#ends.get(name)?.(outcome);
    await this.settled();
  }

  /** After everything that can happen without another step's end has happened. */
  async settled(): Promise<void> {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

describe('runSteps', () => {
  it('keeps to the width and starts the next as soon as one ends', async () => {
    const hand = new HandDriven();
    const all = runSteps([step('a'), step('b'), step('c')], 2, hand.run, () => undefined);
    await hand.settled();
    expect(hand.started).toEqual(['a', 'b']);
    await hand.end('b');
    expect(hand.started).toEqual(['a', 'b', 'c']);
    await hand.end('a');
    await hand.end('c');
    expect((await all).map((result) => result.step.name)).toEqual(['a', 'b', 'c']);
  });

  it('runs a step marked alone beside no other', async () => {
    const hand = new HandDriven();
    const all = runSteps([step('a'), step('b', { alone: true }), step('c')], 2, hand.run, () => undefined);
    await hand.settled();
    expect(hand.started).toEqual(['a']);
    await hand.end('a');
    expect(hand.started).toEqual(['a', 'b']);
    await hand.end('b');
    expect(hand.started).toEqual(['a', 'b', 'c']);
    await hand.end('c');
    await all;
  });

  it('does not run what needs a failed step, and runs the rest', async () => {
    const hand = new HandDriven();
    const ended: string[] = [];
    const steps = [step('build'), step('e2e', { needs: 'build' }), step('lint')];
    const all = runSteps(steps, 2, hand.run, (result) => ended.push(result.step.name));
    await hand.settled();
    await hand.end('build', 'failed');
    await hand.end('lint');
    expect((await all).map((result) => result.outcome)).toEqual(['failed', 'not run', 'passed']);
    expect(ended).toEqual(['build', 'e2e', 'lint']);
  });

  it('waits for a needed step that still runs', async () => {
    const hand = new HandDriven();
    const all = runSteps([step('build'), step('e2e', { needs: 'build' })], 2, hand.run, () => undefined);
    await hand.settled();
    expect(hand.started).toEqual(['build']);
    await hand.end('build');
    expect(hand.started).toEqual(['build', 'e2e']);
    await hand.end('e2e');
    expect((await all).map((result) => result.outcome)).toEqual(['passed', 'passed']);
  });
});
