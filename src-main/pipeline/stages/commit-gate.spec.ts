import { expect, it } from 'vitest';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { CommitGate } from './commit-gate.ts';

it('lets streams hand batches over in turn, also when one of them always has another', () => {
  const gate = new CommitGate({
    clock: new VirtualClock(),
    demand: { min: 10, max: 10 },
    mayPass: () => true,
    onChange: () => undefined,
  });
  const handed: string[] = [];
  /** A stream with so many batches: it asks for the next as soon as one was handed over. */
  const stream = (name: string, batches: number): void => {
    let left = batches;
    const send = (): void => {
      while (left > 0 && gate.ask(10, send)) {
        handed.push(name);
        left -= 1;
      }
    };
    for (let batch = 0; batch < batches; batch += 1) gate.add(10);
    send();
  };
  stream('much', 6);
  stream('little', 2);
  stream('least', 1);
  for (let answer = 0; answer < 9; answer += 1) {
    gate.answered(10, true);
    gate.passedOn(10);
  }
  expect(handed).toEqual(['much', 'much', 'little', 'least', 'much', 'little', 'much', 'much', 'much']);
});
