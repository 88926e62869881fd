import type { JetStreamManager } from '@nats-io/jetstream';
import { createInbox, headers, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { toTimestamp } from '../../../../src-contract/timestamp.ts';
import type { Clock } from '../../../lib/clock.ts';
import { ORIGIN_HEADER } from './origin.ts';
import type { SharedQuote } from './price-sharing.ts';

/** Prices that wait for the stream's acknowledgement, at most: one round of polling. Beyond it prices are not published. */
const MAX_IN_FLIGHT = 1000;
/** An acknowledgement that has not come within this time never will, in milliseconds. */
const ACKNOWLEDGE_MS = 5000;

/** The server does not permit to publish prices; the message names the subject. */
export class PublishDeniedError extends Error {}

/** What a publisher works with. */
export interface PricePublisherOptions {
  connection: NatsConnection;
  manager: JetStreamManager;
  env: string;
  instanceId: string;
  clock: Clock;
  /** This many prices did not reach the others, and why. */
  lost(count: number, reason: string): void;
}

/** Publishes prices over one connection: into the stream that takes them in, waiting for none of them, or plainly. */
export class PricePublisher {
  readonly #options: PricePublisherOptions;
  readonly #subject: string;
  readonly #inbox = createInbox();
  /** When each price was sent that is not acknowledged yet, oldest first. */
  readonly #inFlight = new Map<string, number>();
  #covered = false;
  #sent = 0;

  constructor(options: PricePublisherOptions) {
    this.#options = options;
    this.#subject = `${options.env}.stock.price_updated`;
    options.connection.subscribe(`${this.#inbox}.*`, {
      callback: (error, message) => {
        if (error === null) this.#answered(message);
      },
    });
  }

  /** Where prices go. */
  get subject(): string {
    return this.#subject;
  }

  /** Looks whether a stream takes the prices in. */
  async look(): Promise<void> {
    const names = await this.#options.manager.streams.names(this.#subject).next();
    this.#covered = names.length > 0;
  }

  /** Publishes these prices, as far as there is room. */
  publish(quotes: Iterable<SharedQuote>): void {
    this.#expire();
    let refused = 0;
    for (const quote of quotes) {
      if (this.#covered && this.#inFlight.size >= MAX_IN_FLIGHT) refused += 1;
      else this.#send(quote);
    }
    if (refused > 0) this.#options.lost(refused, 'the stream takes them in too slowly');
  }

  #send(quote: SharedQuote): void {
    const { connection, env, instanceId, clock } = this.#options;
    const names = headers();
    names.set(ORIGIN_HEADER, instanceId);
    names.set('Nats-Msg-Id', `${env}.stocks.${quote.symbol}.${quote.asOf}`);
    if (!this.#covered) return connection.publish(this.#subject, bodyOf(quote), { headers: names });
    const reply = `${this.#inbox}.${this.#sent}`;
    this.#sent += 1;
    this.#inFlight.set(reply, clock.monotonic());
    connection.publish(this.#subject, bodyOf(quote), { headers: names, reply });
  }

  #answered(message: Msg): void {
    if (!this.#inFlight.delete(message.subject)) return;
    const text = message.string();
    if (text === '') this.#options.lost(1, 'no stream takes them in any more');
    else if (text.includes('"error"'))
      this.#options.lost(1, `the stream refused them: ${text.slice(0, 200)}`);
  }

  #expire(): void {
    const before = this.#options.clock.monotonic() - ACKNOWLEDGE_MS;
    let late = 0;
    for (const [reply, sentAt] of this.#inFlight) {
      if (sentAt > before) break;
      this.#inFlight.delete(reply);
      late += 1;
    }
    if (late > 0) this.#options.lost(late, 'the stream did not acknowledge them');
  }
}

function bodyOf({ symbol, price, changePercent, currency, asOf }: SharedQuote): string {
  return JSON.stringify({
    symbol,
    price,
    ...(changePercent === null ? {} : { change_percent: changePercent }),
    ...(currency === null ? {} : { currency }),
    occurred_at: toTimestamp(asOf),
  });
}
