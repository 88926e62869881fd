import type { IntakeAnswer, IntakeRequest } from '../../src-contract/intake.ts';
import type { ClientKind } from '../../src-contract/system.ts';

/** How to reach NATS, after option, variable and settings were weighed. Secrets live here and are never logged. */
export interface NatsTarget {
  /** `nats://host:port` or `tls://…`, several separated by commas. */
  url: string;
  user?: string;
  password?: string;
  token?: string;
  /** Path of a creds file. */
  credsFile?: string;
  /** Path of an NKey seed file. */
  nkeyFile?: string;
  tls?: { ca?: string; cert?: string; key?: string };
  /** Make the stream `PULSE_{ENV}` when no stream covers the environment's subjects. */
  ensureStream: boolean;
  /** The password or token that settings keep sealed: the engine fills it in, having asked its host to open it. */
  keptSecret?: 'password' | 'token';
}

/** What a host gives the engine to start with; structured-cloneable. */
export interface EngineOptions {
  version: string;
  /** The data folder; the host holds its lock. */
  dataFolder: string;
  env: string;
  /** Null: no NATS. */
  nats: NatsTarget | null;
  /** Address of the stock API with its path, if option or variable gave one; null: settings decide. */
  stockApi: string | null;
  /** The key for it and the header that carries it, as far as option or variable gave them; left out: settings decide. */
  stockKey?: { key: string | null; header: string | null };
  demo: { on: boolean; seed: number; pricesPerSecond?: number };
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Paths of settings fields that option or variable decided, such as `nats.url`. */
  overridden: string[];
  /** Batches close at this many events or this many milliseconds, whichever comes first. */
  batch: { events: number; lingerMs: number };
}

/** A client as the host announces it. */
export interface ClientIdentity {
  kind: ClientKind;
  /** What System shows: window title, browser address. */
  title: string;
}

/** One attached client. */
export interface ClientConnection {
  /** Sends one ClientMessage as JSON text; messages longer than MAX_CLIENT_MESSAGE end the connection. */
  send(text: string): void;
  /** Detaches the client; its feeds cost the engine nothing from then on. */
  close(): void;
}

/** State of the engine thread as its host sees it. Times are UTC milliseconds. */
export type EngineState =
  | { state: 'starting'; since: number }
  | { state: 'running'; since: number }
  | { state: 'restarting'; since: number; reason: string; attempt: number }
  | { state: 'failed'; since: number; reason: string }
  | { state: 'stopped'; since: number };

/** The engine as hosts see it: a relay to a worker thread that is restarted when it dies. */
export interface EngineHost {
  readonly state: EngineState;
  onState(listener: (state: EngineState) => void): () => void;
  /**
   * Attaches a client. `deliver` gets ServerMessages as JSON text: `hello` first, again after every restart of the engine,
   * and `link` messages while the engine is down. The engine sends a client no second frame before the first is acknowledged.
   */
  connect(identity: ClientIdentity, deliver: (text: string) => void): ClientConnection;
  /** Hands events over; never rejects. Those who ask in one tick are passed on together. */
  intake(request: IntakeRequest): Promise<IntakeAnswer>;
  /** Writes an entry to the audit list for what the host itself did. */
  audit(actor: string, action: string, target: string, result: string): void;
  /** Stops sources, drains queues, closes the database. Idempotent; resolves within 5 s. */
  stop(): Promise<void>;
}
