import type { ClientMessage, ServerMessage } from '../../../src-contract/frames.ts';
import type { IntakeAnswer } from '../../../src-contract/intake.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../src-contract/settings.ts';
import type { ClientConnection, ClientIdentity, EngineHost, EngineState } from '../../engine/engine-port.ts';

/** One client as the engine sees it. */
export interface SeenClient {
  readonly identity: ClientIdentity;
  readonly received: ClientMessage[];
  deliver(message: ServerMessage): void;
  open: boolean;
}

/** An engine that greets its clients, tells the settings and otherwise answers what the test makes it answer. */
export class EngineDouble implements EngineHost {
  readonly clients: SeenClient[] = [];
  readonly audited: string[] = [];
  settings: Settings = DEFAULT_SETTINGS;
  stopped = false;
  /** Says nothing to anybody: an engine that is still starting. */
  silent = false;
  state: EngineState = { state: 'running', since: 0 };
  readonly #stateListeners = new Set<(state: EngineState) => void>();

  /** Clients that are connected now, the host's own one aside. */
  get windows(): SeenClient[] {
    return this.clients.filter((client) => client.open && client.identity.kind === 'window');
  }

  onState(listener: (state: EngineState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  /** Who listens to the state: a leak shows here. */
  get stateListeners(): number {
    return this.#stateListeners.size;
  }

  /** Changes the state, as a crash or a restart would. */
  change(state: EngineState): void {
    this.state = state;
    for (const listener of this.#stateListeners) listener(state);
  }

  connect(identity: ClientIdentity, deliver: (text: string) => void): ClientConnection {
    const client: SeenClient = {
      identity,
      received: [],
      open: true,
      deliver: (message) => {
        if (client.open && !this.silent) deliver(JSON.stringify(message));
      },
    };
    this.clients.push(client);
    client.deliver({ t: 'hello', epoch: 'one', version: '0.0.0', env: 'demo' });
    return {
      send: (text) => this.#take(client, JSON.parse(text) as ClientMessage),
      close: () => {
        client.open = false;
      },
    };
  }

  /** Tells every client that opened the settings feed that they are new. */
  changeSettings(settings: Settings): void {
    this.settings = settings;
    for (const client of this.clients) {
      const opened = client.received.find((message) => message.t === 'open' && message.feed === 'settings');
      if (opened?.t === 'open') this.#tellSettings(client, opened.id);
    }
  }

  intake(): Promise<IntakeAnswer> {
    return Promise.resolve({ ok: true, accepted: 1, repeated: 0, rejected: [] });
  }

  audit(actor: string, action: string, target: string, result: string): void {
    this.audited.push(`${actor} ${action} ${target} ${result}`);
  }

  async stop(): Promise<void> {
    this.stopped = true;
  }

  #take(client: SeenClient, message: ClientMessage): void {
    client.received.push(message);
    if (message.t === 'open' && message.feed === 'settings') this.#tellSettings(client, message.id);
  }

  #tellSettings(client: SeenClient, id: number): void {
    const snapshot = { head: this.settings, rows: [] };
    client.deliver({ t: 'frame', frame: 1, feeds: [{ id, seq: 0, snapshot }] });
  }
}
