import { expect, onTestFinished } from 'vitest';
import { DEFAULT_SETTINGS, type NatsSettings } from '../../../../../src-contract/settings.ts';
import { systemClock } from '../../../../lib/clock.ts';
import { createLog } from '../../../../lib/log.ts';
import { seededRandom } from '../../../../lib/random.ts';
import { natsOptions } from '../../nats-options.ts';
import type { PollReadiness, PriceSharing } from '../price-sharing.ts';
import { startPriceSharing } from '../start-price-sharing.ts';

/** How an instance under test is started. */
export interface SharingInstanceOptions {
  env?: string;
  leaseMs?: number;
  settings?: Partial<NatsSettings>;
  secret?: string;
}

/** A lease short enough for tests, and as long as Debian's server can keep one exactly, in milliseconds. */
export const SHORT_LEASE_MS = 2000;

let started = 0;

/** One instance that shares, with everything a test turns on it. */
export interface SharingInstance {
  readonly id: string;
  readonly sharing: PriceSharing;
  readonly logLines: string[];
  watched: string[];
  readiness: PollReadiness;
  /** How often a change was announced. */
  changes: number;
}

/** Starts an instance over a server; it is stopped when the test ends. */
export function shareOver(url: string, options: SharingInstanceOptions = {}): SharingInstance {
  const { env = 'dev', leaseMs = SHORT_LEASE_MS, settings, secret = '' } = options;
  started += 1;
  const id = `instance-${started}`;
  const logLines: string[] = [];
  const instance: Omit<SharingInstance, 'sharing'> = {
    id,
    logLines,
    watched: [],
    readiness: 'ready',
    changes: 0,
  };
  const sharing = startPriceSharing({
    options: natsOptions({ ...DEFAULT_SETTINGS.nats, url, ...settings }, secret),
    env,
    instanceId: id,
    watched: () => running.watched,
    readiness: () => running.readiness,
    clock: systemClock,
    random: seededRandom(started),
    log: createLog({ level: 'debug', clock: systemClock, write: (line) => logLines.push(line) }),
    leaseMs,
  });
  const running: SharingInstance = { ...instance, sharing };
  sharing.onChange(() => (running.changes += 1));
  onTestFinished(() => sharing.stop());
  return running;
}

/** Those among the instances that lead at this moment. */
export function leaders(instances: readonly SharingInstance[]): SharingInstance[] {
  return instances.filter(({ sharing }) => sharing.sharing().role === 'leader');
}

/** The one that leads, once there is one. */
export async function leaderOf(instances: readonly SharingInstance[]): Promise<SharingInstance> {
  await expect.poll(() => leaders(instances), { timeout: 15_000, interval: 5 }).toHaveLength(1);
  const [leader] = leaders(instances);
  if (leader === undefined) throw new Error('nobody leads any more');
  return leader;
}
