import { headers, type Msg } from '@nats-io/transport-node';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { PullConsumer, type PullConnection } from './pull-consumer.ts';

interface Request {
  batch: number;
  max_bytes: number;
}

/** A connection that records requests and delivers what the test says. */
class Connection implements PullConnection {
  readonly info = { max_payload: 1024 };
  readonly requests: Request[] = [];
  subscribed = false;
  #deliver: (error: Error | null, message: Msg) => void = () => undefined;

  isClosed(): boolean {
    return false;
  }

  publish(subject: string, payload: string): void {
    expect(subject).toBe('$JS.API.CONSUMER.MSG.NEXT.S.c');
    this.requests.push(JSON.parse(payload) as Request);
  }

  subscribe(subject: string, { callback }: { callback: (error: Error | null, message: Msg) => void }) {
    this.#deliver = callback;
    this.subscribed = true;
    return {
      getSubject: () => subject,
      unsubscribe: () => {
        this.subscribed = false;
      },
    };
  }

  message(consumerSeq: number, seq = consumerSeq): void {
    this.#send({ reply: `$JS.ACK.S.c.1.${seq}.${consumerSeq}.1795224706491421258.0` });
  }

  status(code: number, description: string, pending?: number): void {
    const fields = headers(code, description);
    if (pending !== undefined) fields.set('Nats-Pending-Messages', String(pending));
    this.#send({ headers: fields });
  }

  refuse(error: Error): void {
    this.#deliver(error, {} as Msg);
  }

  junk(): void {
    this.#send({});
  }

  #send(fields: Partial<Msg>): void {
    this.#deliver(null, { subject: 'dev.a', sid: 1, data: Buffer.from('1'), ...fields } as Msg);
  }
}

function setUp(room = 3000) {
  const clock = new VirtualClock();
  const connection = new Connection();
  const state = { room, taken: [] as number[], ended: [] as string[], failed: [] as unknown[] };
  const consumer = new PullConsumer({
    connection,
    clock,
    stream: 'S',
    consumer: 'c',
    room: () => state.room,
    take: (_message, seq) => {
      if (seq === 13) throw new Error('unlucky');
      state.taken.push(seq);
    },
    ended: (cause) => state.ended.push(cause),
    failed: (error) => state.failed.push(error),
  });
  const halted = () => !connection.subscribed && clock.pending === 0;
  return { clock, connection, consumer, state, halted };
}

describe('PullConsumer', () => {
  it('asks for what there is room for, with bytes enough for any message', () => {
    const { connection, consumer } = setUp(300);
    consumer.pull();
    consumer.pull();
    expect(connection.requests).toMatchObject([{ batch: 300, max_bytes: 8 * 1024 * 1024 }]);
  });

  it('asks again as messages arrive', () => {
    const { connection, consumer, state } = setUp();
    consumer.pull();
    consumer.pull();
    for (let seq = 101; seq <= 300; seq += 1) connection.message(seq - 100, seq);
    expect(state.taken).toHaveLength(200);
    expect(connection.requests.map(({ batch }) => batch)).toEqual([1000, 1000, 200]);
    expect(consumer.delivered).toBe(200);
  });

  it('ends when a message is missing, and takes nothing more', () => {
    const { connection, consumer, state, halted } = setUp();
    consumer.pull();
    connection.message(1);
    connection.message(3);
    connection.message(2);
    connection.message(4);
    expect(state.taken).toEqual([1]);
    expect(state.ended).toEqual(['message 3 came where 2 was due']);
    expect(halted()).toBe(true);
  });

  it.each([
    [408, 'Request Timeout', 1000],
    [404, 'No Messages', undefined],
    [409, 'Message Size Exceeds MaxBytes', 1000],
  ])('asks again when a request is over: %i %s', (code, description, pending) => {
    const { connection, consumer, state } = setUp(1000);
    consumer.pull();
    connection.status(code, description, pending);
    expect(connection.requests.map(({ batch }) => batch)).toEqual([1000, 1000]);
    expect(state.ended).toEqual([]);
  });

  it.each([
    [409, 'Consumer Deleted'],
    [409, 'Leadership Change'],
    [503, 'No Responders'],
  ])('ends when the server says that the consumer is of no use: %i %s', (code, description) => {
    const { connection, consumer, state, halted } = setUp();
    consumer.pull();
    connection.status(code, description);
    expect(state.ended).toEqual([`${code} ${description}`]);
    expect(halted()).toBe(true);
  });

  it('ends when the server is silent while a request waits', async () => {
    const { clock, consumer, state, halted } = setUp();
    consumer.pull();
    await clock.advance(7_499);
    expect(state.ended).toEqual([]);
    await clock.advance(2_501);
    expect(state.ended).toEqual(['the server is silent']);
    expect(halted()).toBe(true);
  });

  it('waits for as long as the server says that it is alive', async () => {
    const { clock, connection, consumer, state } = setUp();
    consumer.pull();
    for (let beat = 0; beat < 20; beat += 1) {
      await clock.advance(2_500);
      connection.status(100, 'Idle Heartbeat');
    }
    expect(state.ended).toEqual([]);
  });

  it('does not take a pause for want of room for silence', async () => {
    const { clock, consumer, state } = setUp(0);
    consumer.pull();
    await clock.advance(60_000);
    state.room = 500;
    consumer.pull();
    await clock.advance(5_000);
    expect(state.ended).toEqual([]);
  });

  it('fails when a message cannot be taken, instead of throwing into the connection', () => {
    const { connection, consumer, state, halted } = setUp();
    consumer.pull();
    expect(() => {
      connection.message(1, 13);
    }).not.toThrow();
    expect(state.failed).toEqual([new Error('unlucky')]);
    expect(halted()).toBe(true);
  });

  it('fails when the server refuses the subscription', () => {
    const { connection, consumer, state, halted } = setUp();
    consumer.pull();
    connection.refuse(new Error('denied'));
    expect(state.failed).toEqual([new Error('denied')]);
    expect(halted()).toBe(true);
  });

  it('ends on what is no message of a stream', () => {
    const { connection, consumer, state } = setUp();
    consumer.pull();
    connection.junk();
    expect(state.ended).toEqual(['something else arrived']);
  });

  it('asks for nothing and keeps no timer once it is halted', () => {
    const { connection, consumer, halted } = setUp();
    consumer.halt();
    consumer.halt();
    consumer.pull();
    expect(connection.requests).toEqual([]);
    expect(halted()).toBe(true);
  });
});
