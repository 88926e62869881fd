import type { OutgoingMessage } from '../../../src-main/sources/nats/testing/publish.ts';
import type { ScriptedEvent, ScriptedHolding } from './portfolio-script.ts';

/** A scripted event as its message; decimal texts stand in it as they are. */
export function scriptMessage(env: string, event: ScriptedEvent): OutgoingMessage {
  return { subject: `${env}.${event.family}`, body: bodyOf(event) };
}

function bodyOf(event: ScriptedEvent): string {
  const stated = event.at === null ? '' : `,"occurred_at":"${new Date(event.at).toISOString()}"`;
  switch (event.family) {
    case 'stock.price_updated':
      return `{"symbol":"${event.symbol}","price":${event.price}${stated}}`;
    case 'portfolio.opted_out':
      return `{"slug":"${event.slug}"${stated}}`;
    default:
      return `{"slug":"${event.slug}","holdings":[${event.holdings.map(holdingText).join(',')}]${stated}}`;
  }
}

function holdingText({ symbol, quantity, avgPrice }: ScriptedHolding): string {
  return `{"symbol":"${symbol}","quantity":${quantity},"avg_price":${avgPrice}}`;
}
