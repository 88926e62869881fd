import { DEMO_ENVIRONMENT } from '../../../src-contract/environment.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { Log } from '../../lib/log.ts';
import {
  publishInvoices,
  UnpublishedError,
  type PublishedInvoice,
} from '../../sources/nats/publish-invoices.ts';
import type { NatsTarget } from '../engine-port.ts';
import { natsOptionsOf } from '../nats-options-of.ts';

/** What publishing works with. */
export interface InvoicePublishingOptions {
  /** Whether the settings ask for it. */
  isOn: () => boolean;
  /** The NATS that is read now. */
  nats: () => NatsTarget | null;
  instanceId: () => string;
  clock: Pick<Clock, 'after'>;
  log: Log;
}

/** Hands invoices that were stored here to others on the same NATS, where the settings ask for it. */
export class InvoicePublishing implements Stoppable {
  readonly #options: InvoicePublishingOptions;
  readonly #stop = new AbortController();
  /** One connection at a time: who has more to publish waits for its turn. */
  #turn: Promise<void> = Promise.resolve();
  #missed: { count: number; reason: string } | null = null;

  constructor(options: InvoicePublishingOptions) {
    this.#options = options;
  }

  /** How many invoices since the start were stored and not published, in words, and why the last were not. */
  notices(): string[] {
    if (this.#missed === null) return [];
    const { count, reason } = this.#missed;
    const invoices = count === 1 ? '1 invoice' : `${count.toLocaleString('en')} invoices`;
    return [`${invoices} stored since the start could not be published: ${reason}`];
  }

  /** Publishes invoices that are stored; resolves when they are sent, or counted as missed. */
  publish(env: string, invoices: readonly PublishedInvoice[]): Promise<void> {
    const nats = this.#options.nats();
    if (!this.#options.isOn() || nats === null || env === DEMO_ENVIRONMENT) return Promise.resolve();
    this.#turn = this.#turn.then(() => this.#publish(env, nats, invoices));
    return this.#turn;
  }

  /** Gives up what is under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#turn;
  }

  async #publish(env: string, nats: NatsTarget, invoices: readonly PublishedInvoice[]): Promise<void> {
    const { instanceId, clock, log } = this.#options;
    const { signal } = this.#stop;
    try {
      const options = natsOptionsOf(nats);
      await publishInvoices({ options, env, instanceId: instanceId(), clock, signal }, invoices);
    } catch (error) {
      const count = error instanceof UnpublishedError ? error.count : invoices.length;
      const reason = error instanceof Error ? error.message : String(error);
      this.#missed = { count: count + (this.#missed?.count ?? 0), reason };
      log.warn('invoices could not be published', { env, count, reason });
    }
  }
}
