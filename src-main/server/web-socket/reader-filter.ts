import { CHANNELS } from '../../../src-contract/channels.ts';
import type { EngineMessage } from '../../../src-contract/frames.ts';

const kinds = new Map(Object.entries(CHANNELS).map(([name, channel]) => [name, channel.kind]));

/**
 * What a socket that may only read gets back instead of its message reaching the engine: a refusal for a call that is
 * not a query. Null: the message may pass; what is no message at all is left for the engine to refuse.
 */
export function refusalForReader(text: string): EngineMessage | null {
  const message = parsed(text);
  if (message?.['t'] !== 'call' || kinds.get(String(message['channel'])) === 'query') return null;
  const words = 'this token only reads: changing something takes the operator token';
  return { t: 'failed', id: Number(message['id']), error: { code: 'forbidden', message: words } };
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // Not JSON: the engine says so to whoever sent it.
    return null;
  }
}
