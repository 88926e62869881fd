import { priceMessage, type OutgoingMessage } from '../src-main/sources/nats/testing/publish.ts';

const SYMBOLS = 'AAPL GOOGL MSFT TSLA AMZN NFLX NVDA META JPM V KO PEP DIS INTC AMD'.split(' ');

/** Price messages over 15 symbols, each with another price. */
export function* priceStream(env: string, count: number): Generator<OutgoingMessage> {
  for (let index = 0; index < count; index++) {
    yield priceMessage(env, SYMBOLS[index % SYMBOLS.length] ?? 'AAPL', 100 + (index % 5000) / 100);
  }
}
