import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../../src-contract/channels.ts';
import { refusalForReader } from './reader-filter.ts';

const call = (channel: string) => JSON.stringify({ t: 'call', id: 7, channel, args: {} });

describe('refusalForReader', () => {
  it('refuses every command and lets every query pass', () => {
    for (const [name, { kind }] of Object.entries(CHANNELS)) {
      const refusal = refusalForReader(call(name));
      if (kind === 'query') expect(refusal).toBeNull();
      else expect(refusal).toMatchObject({ t: 'failed', id: 7, error: { code: 'forbidden' } });
    }
  });

  it('refuses calls of channels nobody knows', () => {
    for (const name of ['nonsense', '__proto__', 'constructor'])
      expect(refusalForReader(call(name))).not.toBeNull();
  });

  it('sees a command however it is written', () => {
    const text =
      '{"id":1,"channel":"system.status","args":{"t":"open"},"channel":"environment.set","t":"call"}';
    expect(refusalForReader(text)).toMatchObject({ id: 1, error: { code: 'forbidden' } });
  });

  it('lets feeds and acknowledgements pass, and leaves nonsense to the engine', () => {
    for (const text of [
      '{"t":"open","id":1,"feed":"status","params":{}}',
      '{"t":"ack","frame":1}',
      'x',
      'null',
      '7',
    ]) {
      expect(refusalForReader(text)).toBeNull();
    }
  });
});
