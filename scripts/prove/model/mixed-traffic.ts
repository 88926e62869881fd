import type { OutgoingMessage } from '../../../src-main/sources/nats/testing/publish.ts';
import { portfolioScript, type ScriptedEvent, type ScriptSize } from './portfolio-script.ts';
import { scriptMessage } from './script-message.ts';

/** What must become of a message: a journal row, a reject, or only a count. */
export type Fate = 'event' | 'reject' | 'other';

/** The messages of a stream in the order of their sequences, each with what must become of it. */
export interface Traffic {
  messages: (OutgoingMessage & { fate: Fate })[];
  /** The events among them. */
  script: ScriptedEvent[];
}

/** Every so many messages one is malformed, and one on a subject the app does not remember. */
const REJECT_EVERY = 97;
const OTHER_EVERY = 151;

/** A script's messages with malformed ones and ones on unknown subjects in between; `size.events` messages in all. */
export function mixedTraffic(env: string, seed: number, size: ScriptSize, now: number): Traffic {
  const fates = Array.from({ length: size.events }, (_, index): Fate => {
    if (index % REJECT_EVERY === REJECT_EVERY - 1) return 'reject';
    return index % OTHER_EVERY === OTHER_EVERY - 1 ? 'other' : 'event';
  });
  const events = fates.filter((fate) => fate === 'event').length;
  const script = portfolioScript(seed, { ...size, events }, now);
  const remaining = script.values();
  const messages = fates.map((fate, index) => {
    if (fate === 'reject') return { fate, subject: `${env}.stock.price_updated`, body: `{"price":${index}}` };
    if (fate === 'other') return { fate, subject: `${env}.weather.reported`, body: '{}' };
    const { value } = remaining.next();
    if (value === undefined) throw new Error('the script is shorter than its traffic');
    return { fate, ...scriptMessage(env, value) };
  });
  return { messages, script };
}

/** How many messages have a fate. */
export function fated({ messages }: Traffic, fate: Fate): number {
  return messages.filter((message) => message.fate === fate).length;
}
