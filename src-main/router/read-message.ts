import { MAX_CLIENT_MESSAGE, type ClientMessage } from '../../src-contract/frames.ts';

/** A client's message, or why a text is none; `id` is the one it names, null when that is no whole number. */
export type MessageReading =
  { ok: true; message: ClientMessage } | { ok: false; id: number | null; why: string };

/** What each kind of message cannot be without. */
const NEEDED = {
  call: 'id',
  open: 'id',
  close: 'id',
  resync: 'id',
  ack: 'frame',
  visible: 'visible',
} as const satisfies Record<ClientMessage['t'], string>;
const KINDS = Object.keys(NEEDED)
  .map((kind) => `"${kind}"`)
  .join(', ');

/** Reads one text of a client. What a message says beyond its kind and id is checked where it is used. */
export function readMessage(text: string): MessageReading {
  if (text.length > MAX_CLIENT_MESSAGE) {
    return { ok: false, id: null, why: `a message has at most ${MAX_CLIENT_MESSAGE} characters` };
  }
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, id: null, why: `a message is a JSON object with "t", one of ${KINDS}` };
  }
  const fields = value as Record<string, unknown>;
  const id = Number.isSafeInteger(fields['id']) ? (fields['id'] as number) : null;
  const { t: kind } = fields;
  if (!isKind(kind)) return { ok: false, id, why: `"t" must be one of ${KINDS}` };
  const needed = NEEDED[kind];
  const given = fields[needed];
  if (needed === 'visible' ? typeof given === 'boolean' : Number.isSafeInteger(given)) {
    return { ok: true, message: value as ClientMessage };
  }
  const accepted = needed === 'visible' ? 'true or false' : 'a whole number';
  return { ok: false, id, why: `"${needed}" of a message "${kind}" must be ${accepted}` };
}

function isKind(kind: unknown): kind is ClientMessage['t'] {
  return typeof kind === 'string' && Object.hasOwn(NEEDED, kind);
}

/** The JSON of a text; undefined for none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
