import { connect } from '@nats-io/transport-node';

/** Publishes stamped price messages at a fixed rate, whoever keeps up. Arguments: URL, events a second, seconds. */
const [url = '', rate = '0', seconds = '0'] = process.argv.slice(2);
const connection = await connect({ servers: url, noAsyncTraces: true });
const total = Number(rate) * Number(seconds);
const begun = performance.now();
let sent = 0;
await new Promise<void>((resolve) => {
  const timer = setInterval(() => {
    const due = Math.min(total, ((performance.now() - begun) * Number(rate)) / 1000);
    // Stamped with the time each was due, not with the time this process got round to it.
    for (; sent < due; sent++) connection.publish('dev.stock.price_updated', body(sent));
    if (sent >= total) {
      clearInterval(timer);
      resolve();
    }
  }, 1);
});
await connection.drain();

function body(index: number): string {
  const dueAt = performance.timeOrigin + begun + (index * 1000) / Number(rate);
  return JSON.stringify({
    symbol: 'AAPL',
    price: 100 + (index % 1000) / 10,
    change_percent: 0.5,
    sent_at: dueAt,
  });
}
