import { describe, expect, it } from 'vitest';
import { NO_FAULTS } from '../../../src-contract/polling.ts';
import { faultsOf, typedFaults } from './fault-fields.ts';

describe('the typed faults', () => {
  it('are shares in percent and times in their unit, there and back', () => {
    const faults = { ...NO_FAULTS, error_rate: 0.57, latency_ms: 250 };
    expect(typedFaults(faults)).toMatchObject({ error_rate: '57', latency_ms: '250', retry_after_s: '5' });
    expect(faultsOf(typedFaults(faults)).faults).toEqual(faults);
  });

  it.each(['101', '-1', '1.5', '', 'many'])('refuse %j as a share, and say what is accepted', (text) => {
    const { faults, complaints } = faultsOf({ ...typedFaults(NO_FAULTS), error_rate: text });
    expect(faults).toBeNull();
    expect(complaints).toEqual({ error_rate: 'Use a whole number from 0 to 100.' });
  });
});
