import { jetstream, JetStreamApiCodes, JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { LeaseEntry, LeaseStore } from './lease-store.ts';

/** Name of the key-value bucket that instances share. */
export const POLLING_BUCKET = 'PULSE_POLLING';
const KEYS = `$KV.${POLLING_BUCKET}.`;
/** An expiry of the bucket within these bounds does for a lease: the upper one keeps a takeover within 15 s. */
const EXPIRY_MS = { shortest: 900, longest: 12_000 };
/** A request that is not answered within this time has failed, in milliseconds. */
const REQUEST_MS = 2000;
/** Instances whose watched symbols are read, at most; the first by name count. */
const MAX_INSTANCES = 64;

/** Something that may have changed in the bucket. */
export type BucketHint =
  | { readonly kind: 'free' }
  | { readonly kind: 'announced'; readonly instance: string; readonly text: string };

/** The bucket cannot serve for a lease; the message says why. */
export class UnfitBucketError extends Error {}

interface BucketParts {
  connection: NatsConnection;
  kv: KV;
  manager: JetStreamManager;
  stream: string;
  env: string;
  expiry: number;
}

/** One environment's part of the bucket in which instances agree on who polls. */
export class PollingBucket {
  /** What is written is forgotten after this long, in milliseconds. */
  readonly expiry: number;
  readonly #connection: NatsConnection;
  readonly #kv: KV;
  readonly #manager: JetStreamManager;
  readonly #stream: string;
  readonly #env: string;

  private constructor(parts: BucketParts) {
    this.#connection = parts.connection;
    this.#kv = parts.kv;
    this.#manager = parts.manager;
    this.#stream = parts.stream;
    this.#env = parts.env;
    this.expiry = parts.expiry;
  }

  /**
   * Opens the bucket, or makes it with this expiry in milliseconds. Rejects with {@link UnfitBucketError} when there is one
   * that keeps its values for too long, else with the client's error.
   */
  static async open(connection: NatsConnection, env: string, expiry: number): Promise<PollingBucket> {
    const client = jetstream(connection, { timeout: REQUEST_MS, checkAPI: false });
    // Kept in files: after a restart of the server a lease that somebody still counts on must be there. Read from the
    // leader of the stream: a replica may be behind.
    const kv = await new Kvm(client).create(POLLING_BUCKET, { ttl: expiry, history: 1, allow_direct: false });
    const { ttl, streamInfo } = await kv.status();
    if (ttl < EXPIRY_MS.shortest || ttl > EXPIRY_MS.longest) throw unfit(ttl);
    const manager = await client.jetstreamManager();
    return new PollingBucket({ connection, kv, manager, stream: streamInfo.config.name, env, expiry: ttl });
  }

  /**
   * Calls back when another instance gave the lease up, or announced something. That is a hint, and may not come: what
   * expires is not announced, nor is anything where the server does not permit to listen.
   */
  onHint(listener: (hint: BucketHint) => void): () => void {
    const leader = `${KEYS}${this.#env}.leader`;
    const watch = `${KEYS}${this.#watchKey('')}`;
    const subscription = this.#connection.subscribe(`${KEYS}${this.#env}.>`, {
      callback: (error, message) => {
        if (error !== null) return;
        const { subject } = message;
        if (subject.startsWith(watch)) {
          listener({ kind: 'announced', instance: subject.slice(watch.length), text: message.string() });
        } else if (subject === leader && message.headers?.get('KV-Operation') === 'DEL') {
          listener({ kind: 'free' });
        }
      },
    });
    return () => {
      subscription.unsubscribe();
    };
  }

  /** The environment's lease. */
  get lease(): LeaseStore {
    const key = `${this.#env}.leader`;
    const kv = this.#kv;
    return {
      read: () => this.#read(key),
      create: (value) => orNull(kv.create(key, value)),
      update: (value, revision) => orNull(kv.update(key, value, revision, REQUEST_MS)),
      remove: async (revision) => {
        await orNull(kv.delete(key, { previousSeq: revision }));
      },
    };
  }

  /** Says what an instance watches, until it expires. */
  async announce(instanceId: string, presence: string): Promise<void> {
    await this.#kv.put(this.#watchKey(instanceId), presence);
  }

  /** Takes back what an instance watches. */
  async withdraw(instanceId: string): Promise<void> {
    await this.#kv.delete(this.#watchKey(instanceId));
  }

  /** What the other instances announced, by instance. */
  async others(instanceId: string): Promise<ReadonlyMap<string, string>> {
    const info = await this.#manager.streams.info(this.#stream, {
      subjects_filter: `${KEYS}${this.#watchKey('*')}`,
    });
    const prefix = `${KEYS}${this.#watchKey('')}`;
    const all = Object.keys(info.state.subjects ?? {}).map((subject) => subject.slice(prefix.length));
    const theirs = all.filter((instance) => instance !== instanceId).sort();
    const known = await Promise.all(
      theirs.slice(0, MAX_INSTANCES).map(async (instance) => {
        const entry = await this.#read(this.#watchKey(instance));
        return entry === null ? [] : [[instance, entry.value] as const];
      }),
    );
    return new Map(known.flat());
  }

  #watchKey(instanceId: string): string {
    return `${this.#env}.watch.${instanceId}`;
  }

  async #read(key: string): Promise<LeaseEntry | null> {
    const entry = await this.#kv.get(key);
    if (entry?.operation !== 'PUT') return null;
    return { value: entry.string(), revision: entry.revision };
  }
}

/** The result; null when another revision is stored than was written over. */
async function orNull<T>(write: Promise<T>): Promise<T | null> {
  try {
    return await write;
  } catch (error) {
    if (isWrongRevision(error)) return null;
    throw error;
  }
}

function isWrongRevision(error: unknown): boolean {
  if (!(error instanceof JetStreamApiError)) return false;
  const { StreamWrongLastSequence, StreamWrongLastSequenceUnknown } = JetStreamApiCodes;
  return error.code === StreamWrongLastSequence || error.code === StreamWrongLastSequenceUnknown;
}

function unfit(ttl: number): UnfitBucketError {
  const kept = ttl === 0 ? 'for ever' : `for ${ttl / 1000} s`;
  return new UnfitBucketError(
    `bucket ${POLLING_BUCKET} keeps its values ${kept}; sharing needs a TTL of 1 to ${EXPIRY_MS.longest / 1000} s`,
  );
}
