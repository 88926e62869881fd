import { connect } from '@nats-io/transport-node';
import { CREDIT, CREDIT_SUBJECT } from './credit-reader.ts';
import { priceStream } from './price-stream.ts';

/** Publishes as fast as its reader takes: at most `CREDIT` messages ahead. Arguments: URL, number of messages. */
const [url = '', count = '0'] = process.argv.slice(2);
const connection = await connect({ servers: url, noAsyncTraces: true });
let taken = 0;
let wake: () => void = () => undefined;
connection.subscribe(CREDIT_SUBJECT, {
  callback: (_error, message) => {
    taken = Math.max(taken, Number(message.string()));
    wake();
  },
});
let sent = 0;
for (const { subject, body } of priceStream('core', Number(count))) {
  while (sent - taken >= CREDIT) await new Promise<void>((resolve) => (wake = resolve));
  connection.publish(subject, body);
  sent++;
}
await connection.drain();
