import type { OutgoingMessage } from '../../../src-main/sources/nats/testing/publish.ts';
import type { ScriptedEvent } from './portfolio-script.ts';

/** A scripted event as its message; decimal texts stand in it as they are. */
export function scriptMessage(env: string, event: ScriptedEvent): OutgoingMessage {
  return { subject: `${env}.${event.family}`, body: bodyOf(event) };
}

function bodyOf(event: ScriptedEvent): string {
  switch (event.family) {
    case 'stock.price_updated': {
      const stated = event.at === null ? '' : `,"occurred_at":"${new Date(event.at).toISOString()}"`;
      return `{"symbol":"${event.symbol}","price":${event.price}${stated}}`;
    }
    case 'portfolio.opted_out':
      return `{"slug":"${event.slug}"}`;
    default: {
      const holdings = event.holdings.map(
        ({ symbol, quantity, avgPrice }) =>
          `{"symbol":"${symbol}","quantity":${quantity},"avg_price":${avgPrice}}`,
      );
      return `{"slug":"${event.slug}","holdings":[${holdings.join(',')}]}`;
    }
  }
}
