import { describe, expect, it } from 'vitest';
import type { RetentionLimits } from '../store/port.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { DEFAULT_SETTINGS } from '../../src-contract/settings.ts';
import { candleLimits, retentionLimits, Upkeep } from './upkeep.ts';

class Harness {
  readonly clock = new VirtualClock(5000);
  readonly calls: string[] = [];
  readonly failures: unknown[] = [];
  /** What is left to redact and to delete. */
  left = { redact: 0, retain: 0, candles: 0, invoices: 0 };
  refusal: Error | null = null;
  /** How long a slice of the writer takes. */
  sliceMs = 0;
  seen: [RetentionLimits, number, number] | null = null;
  readonly limits = { maxAgeMs: 1000, maxBytes: 2000 };
  readonly upkeep = new Upkeep({
    clock: this.clock,
    writer: {
      redact: async (rows) => {
        this.calls.push('redact');
        if (this.refusal !== null) throw this.refusal;
        if (this.sliceMs > 0) await this.clock.advance(this.sliceMs);
        this.left.redact = Math.max(0, this.left.redact - rows);
        return this.left.redact;
      },
      retain: async (limits, now, rows) => {
        this.calls.push('retain');
        this.seen = [limits, now, rows];
        const gone = Math.min(rows, this.left.retain);
        this.left.retain -= gone;
        return gone;
      },
      retainCandles: async (limits, _now, rows) => {
        this.calls.push(`candles ${limits.map(({ level }) => level).join(' ')}`);
        const gone = Math.min(rows, this.left.candles);
        this.left.candles -= gone;
        return gone;
      },
      retainRollups: async (limits) => {
        this.calls.push(`rollups ${limits.map(({ level }) => level).join(' ')}`);
        return 0;
      },
      forgetIds: async ({ maxAgeMs, maxIds }) => {
        this.calls.push(`ids over ${maxAgeMs / 3_600_000} h or ${maxIds}`);
        return 0;
      },
      purgeInvoices: async (env, resetBefore, rows) => {
        this.calls.push(`invoices of ${env} reset before ${resetBefore}`);
        const gone = Math.min(rows, this.left.invoices);
        this.left.invoices -= gone;
        return gone;
      },
      settle: async () => {
        this.calls.push('settle');
      },
    },
    limits: () => this.limits,
    candles: () => candleLimits(DEFAULT_SETTINGS.retention),
    fail: (error) => this.failures.push(error),
  });
}

describe('upkeep', () => {
  it('redacts what is left from before at once, in slices', async () => {
    const harness = new Harness();
    harness.left.redact = 1200;
    await harness.clock.advance(0);
    expect(harness.calls).toEqual(['redact', 'redact', 'redact']);
  });

  it('redacts when it is asked to', async () => {
    const harness = new Harness();
    await harness.clock.advance(0);
    harness.calls.length = 0;
    harness.left.redact = 600;
    harness.upkeep.redactSoon();
    await harness.clock.advance(0);
    expect(harness.calls).toEqual(['redact', 'redact']);
  });

  it('deletes what has aged out or was reset every 30 s, in slices, and then settles', async () => {
    const harness = new Harness();
    await harness.clock.advance(0);
    harness.calls.length = 0;
    harness.left.retain = 700;
    harness.left.candles = 300;
    harness.left.invoices = 200;
    await harness.clock.advance(30_000);
    expect(harness.calls).toEqual([
      ...['retain', 'retain', 'retain'],
      ...['candles 1s 1m', 'candles 1s 1m'],
      'rollups 1s 1m',
      'ids over 24 h or 1000000',
      // Five seconds longer than a reset can be taken back.
      ...['invoices of demo reset before 0', 'invoices of demo reset before 0'],
      'settle',
    ]);
    expect(harness.seen).toEqual([harness.limits, 35_000, 500]);
  });

  it('fails when the writer does, for its supervisor to start it again', async () => {
    const harness = new Harness();
    harness.refusal = new Error('disk full');
    await harness.clock.advance(0);
    expect(harness.failures).toEqual([harness.refusal]);
  });

  it('redacts what it was asked for before it stops', async () => {
    const harness = new Harness();
    await harness.clock.advance(0);
    harness.left.redact = 1200;
    harness.upkeep.redactSoon();
    await harness.upkeep.stop();
    expect(harness.left.redact).toBe(0);
    expect(harness.clock.pending).toBe(0);
  });

  it('leaves to the next start what takes more than a second to redact', async () => {
    const harness = new Harness();
    await harness.clock.advance(0);
    harness.calls.length = 0;
    harness.left.redact = 1e9;
    harness.sliceMs = 20;
    harness.upkeep.redactSoon();
    await harness.upkeep.stop();
    expect(harness.calls).toHaveLength(50);
  });

  it('stops deleting between two slices', async () => {
    const harness = new Harness();
    harness.left.retain = 1e9;
    await Promise.all([harness.clock.advance(30_000), harness.upkeep.stop()]);
    expect(harness.calls.length).toBeLessThan(10);
    expect(harness.calls).not.toContain('settle');
  });
});

describe('retentionLimits', () => {
  it('are the settings in milliseconds and bytes', () => {
    expect(
      retentionLimits({ ...DEFAULT_SETTINGS.retention, journal_days: 2, journal_megabytes: 16 }),
    ).toEqual({
      maxAgeMs: 172_800_000,
      maxBytes: 16_777_216,
    });
  });
});

describe('candleLimits', () => {
  it('are those of seconds and minutes: hours and days are kept', () => {
    const retention = { ...DEFAULT_SETTINGS.retention, candles_1s_days: 1, candles_1m_megabytes: 3 };
    expect(candleLimits(retention)).toEqual([
      { level: '1s', maxAgeMs: 86_400_000, maxBytes: 1024 * 1024 * 1024 },
      { level: '1m', maxAgeMs: 90 * 86_400_000, maxBytes: 3 * 1024 * 1024 },
    ]);
  });
});
