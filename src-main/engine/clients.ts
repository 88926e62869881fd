import type { ClientStatus } from '../../src-contract/system.ts';
import { toTimestamp } from '../../src-contract/timestamp.ts';
import { ClientSession, type SessionOptions } from '../router/client-session.ts';
import type { ClientConnection, ClientIdentity } from './engine-port.ts';

/** Clients at once; a further one is refused, so that a loop of connections cannot fill the memory. */
export const MAX_CLIENTS = 256;

/** What every session is given beside its own identity. */
export type SessionSurroundings = Pick<SessionOptions, 'clock' | 'publisher' | 'handlers' | 'audit'> & {
  /** Text of the `hello` a client gets first. */
  hello: () => string;
  onChange: (id: string) => void;
  /** A client came, went, or says that it can be seen or no more. */
  onVisible: () => void;
};

/** The sessions of all attached clients. */
export class Clients {
  readonly #surroundings: SessionSurroundings;
  readonly #sessions = new Map<string, ClientSession>();
  #nextId = 1;

  constructor(surroundings: SessionSurroundings) {
    this.#surroundings = surroundings;
  }

  get count(): number {
    return this.#sessions.size;
  }

  /** Attaches a client and greets it. Throws RangeError when {@link MAX_CLIENTS} are attached. */
  connect(identity: ClientIdentity, deliver: (text: string) => void): ClientConnection {
    if (this.#sessions.size >= MAX_CLIENTS)
      throw new RangeError(`more than ${MAX_CLIENTS} clients are connected`);
    const { hello, onChange, ...surroundings } = this.#surroundings;
    const id = `${identity.kind}-${this.#nextId++}`;
    const session = new ClientSession({ ...surroundings, ...identity, id, deliver });
    this.#sessions.set(id, session);
    deliver(hello());
    onChange(id);
    surroundings.onVisible();
    return {
      send: (text) => session.receive(text),
      close: () => {
        session.close();
        if (!this.#sessions.delete(id)) return;
        onChange(id);
        surroundings.onVisible();
      },
    };
  }

  /** Whether screens are open and nobody can see any of them; programs that ask over HTTP are no screens. */
  get hidden(): boolean {
    const screens = [...this.#sessions.values()].filter(({ kind }) => kind !== 'http');
    return screens.length > 0 && screens.every(({ visible }) => !visible);
  }

  /** Every client as the screens show it. */
  states(): ClientStatus[] {
    return [...this.#sessions.values()].map(toStatus);
  }

  /** One client; null when it is gone. */
  state(id: string): ClientStatus | null {
    const session = this.#sessions.get(id);
    return session === undefined ? null : toStatus(session);
  }

  /** Detaches everybody. */
  close(): void {
    for (const session of this.#sessions.values()) session.close();
    this.#sessions.clear();
  }
}

function toStatus(session: ClientSession): ClientStatus {
  const waitingMs = session.waitingMs;
  return {
    id: session.id,
    kind: session.kind,
    title: session.title,
    connected_at: toTimestamp(session.connectedAt),
    feeds: session.feeds,
    frames_sent: session.framesSent,
    in_flight: waitingMs !== null,
    waiting_s: waitingMs === null ? 0 : Math.round(waitingMs / 1000),
  };
}
