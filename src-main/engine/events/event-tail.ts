import type { TailEvent } from '../../../src-contract/analytics.ts';
import type { EventKind } from '../../../src-contract/event-kinds.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';

/** Events of a family that are remembered: the newest. */
const REMEMBERED = 1000;
/** At most this many of them are shown. */
const SHOWN = 200;
/** A body whose JSON is longer is cut, in characters. */
const BODY_LENGTH = 4096;

/** The newest 1,000 stored events of a family since the engine started, and how many there were. */
export class EventTail {
  readonly #kind: EventKind;
  /** A ring: the newest stands before `#next`. */
  readonly #events: JournalEvent[] = [];
  #next = 0;
  #seen = 0;

  constructor(kind: EventKind) {
    this.#kind = kind;
  }

  /** Events since the engine started. */
  get seen(): number {
    return this.#seen;
  }

  /** Takes in what was stored; events of other families are passed over. */
  add(events: readonly JournalEvent[]): void {
    for (const event of events) {
      if (event.kind !== this.#kind) continue;
      this.#events[this.#next] = event;
      this.#next = (this.#next + 1) % REMEMBERED;
      this.#seen += 1;
    }
  }

  /** The newest 200 that contain the text in type, user or body, whatever its case; the newest first. */
  newest(text: string | undefined): TailEvent[] {
    const wanted = text?.toLowerCase() ?? '';
    const shown: TailEvent[] = [];
    const { length } = this.#events;
    for (let back = 1; back <= length && shown.length < SHOWN; back++) {
      const event = this.#events[(this.#next - back + REMEMBERED) % REMEMBERED];
      if (event !== undefined && event.body !== null && contains(event, wanted)) shown.push(shownAs(event));
    }
    return shown;
  }
}

interface EventBody {
  type: string;
  user?: string;
  user_id?: string;
  value?: number;
}

/** Type and user are fields of the body, so its text has them too. */
function contains({ body }: JournalEvent, wanted: string): boolean {
  return wanted === '' || JSON.stringify(body).toLowerCase().includes(wanted);
}

function shownAs({ id, part, source, occurredAt, receivedAt, body }: JournalEvent): TailEvent {
  const { type, user, user_id: userId, value } = body as EventBody;
  return {
    id: part === undefined ? `${id}` : `${id}.${part}`,
    source,
    type,
    user: user ?? userId ?? null,
    value: value ?? null,
    occurred_at: toTimestamp(occurredAt),
    received_at: toTimestamp(receivedAt),
    body: cut(body),
  };
}

/** A body too long to be shown whole becomes the beginning of its text. */
function cut(body: unknown): unknown {
  const text = JSON.stringify(body);
  return text.length > BODY_LENGTH ? `${text.slice(0, BODY_LENGTH)}…` : body;
}
