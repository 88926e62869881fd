import { once } from 'node:events';
import { connect as dial } from 'node:net';
import { connect } from '@nats-io/transport-node';
import { CREDIT, CREDIT_SUBJECT } from './credit-reader.ts';
import { priceStream } from './price-stream.ts';

/** Messages per write. */
const BLOCK = 250;

/**
 * Publishes as fast as its reader takes: at most `CREDIT` messages ahead. Arguments: URL, number of messages.
 *
 * All messages are encoded before the first is sent, and written past the client: on a machine of two cores a publisher
 * that costs as much as the reader would be what is measured.
 */
const [url = '', count = '0'] = process.argv.slice(2);
const blocks = encoded(Number(count));
const connection = await connect({ servers: url, noAsyncTraces: true });
let taken = 0;
let wake: () => void = () => undefined;
connection.subscribe(CREDIT_SUBJECT, {
  callback: (_error, message) => {
    taken = Math.max(taken, Number(message.string()));
    wake();
  },
});
await connection.flush();
const { hostname, port } = new URL(url);
const socket = dial(Number(port), hostname).setNoDelay();
const pong = Promise.withResolvers<null>();
socket.on('data', (data) => {
  const text = data.toString();
  if (text.includes('PING')) socket.write('PONG\r\n');
  if (text.includes('PONG')) pong.resolve(null);
});
await once(socket, 'connect');
socket.write('CONNECT {"verbose":false,"pedantic":false,"protocol":1,"lang":"bench","version":"1"}\r\n');
let sent = 0;
for (const { bytes, messages } of blocks) {
  while (sent + messages - taken > CREDIT) await new Promise<void>((resolve) => (wake = resolve));
  if (!socket.write(bytes)) await once(socket, 'drain');
  sent += messages;
}
socket.write('PING\r\n');
await pong.promise;
socket.destroy();
await connection.close();

function encoded(total: number): { bytes: Buffer; messages: number }[] {
  const made: { bytes: Buffer; messages: number }[] = [];
  let text: string[] = [];
  const close = () => {
    made.push({ bytes: Buffer.from(text.join('')), messages: text.length });
    text = [];
  };
  for (const { subject, body } of priceStream('core', total)) {
    const words = Buffer.from(body).toString();
    text.push(`PUB ${subject} ${Buffer.byteLength(words)}\r\n${words}\r\n`);
    if (text.length === BLOCK) close();
  }
  if (text.length > 0) close();
  return made;
}
