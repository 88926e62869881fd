import type { ClientMessage, EngineMessage, FeedPart } from '../../../src-contract/frames.ts';
import { VirtualClock } from '../../lib/virtual-clock.ts';
import { ClientSession } from '../client-session.ts';
import type { FeedSources } from '../feed-source.ts';
import type { AuditedCommand, Handlers } from '../handlers.ts';
import { Publisher } from '../publisher.ts';

/** A publisher with a feed of sparks that the test fills, on a virtual clock. */
export class SessionFixture {
  readonly clock = new VirtualClock(1_000_000);
  readonly rows = new Map<string, number[]>();
  readonly audited: AuditedCommand[] = [];
  /** What making a source throws, while it is set. */
  refusal: Error | null = null;
  /** How often a row was read. */
  reads = 0;
  readonly publisher = new Publisher(this.#sources(), this.clock);

  client(handlers: Partial<Handlers> = {}): TestClient {
    return new TestClient(this, handlers);
  }

  set(slug: string, ...points: number[]): void {
    this.rows.set(slug, points);
    this.publisher.touch('sparks', slug);
  }

  #sources(): FeedSources {
    const sources: Pick<FeedSources, 'sparks' | 'portfolio'> = {
      sparks: () => {
        if (this.refusal !== null) throw this.refusal;
        return {
          head: () => ({ env: 'dev' }),
          rows: () => [...this.rows].map(([slug, points]) => ({ slug, points })),
          row: (slug) => {
            this.reads++;
            const points = this.rows.get(slug);
            return points === undefined ? null : { slug, points };
          },
        };
      },
      portfolio: () => ({ head: () => null, rows: () => [], row: () => null }),
    };
    return sources as FeedSources;
  }
}

/** One client of a fixture: what it was delivered, and whether it acknowledges. */
export class TestClient {
  readonly session: ClientSession;
  readonly received: EngineMessage[] = [];
  acknowledges = true;
  visibleChanges = 0;

  constructor(fixture: SessionFixture, handlers: Partial<Handlers>) {
    const { clock, publisher, audited } = fixture;
    this.session = new ClientSession({
      id: 'c1',
      kind: 'browser',
      title: 'test',
      clock,
      publisher,
      handlers: handlers as Handlers,
      deliver: (text) => this.#deliver(text),
      onVisible: () => this.visibleChanges++,
      audit: (entry) => audited.push(entry),
    });
  }

  /** All parts of all frames, in order. */
  get parts(): FeedPart[] {
    return this.received.flatMap((message) => (message.t === 'frame' ? message.feeds : []));
  }

  get frames(): number {
    return this.received.filter(({ t }) => t === 'frame').length;
  }

  send(message: ClientMessage): void {
    this.session.receive(JSON.stringify(message));
  }

  openSparks(id: number): void {
    this.send({ t: 'open', id, feed: 'sparks', params: {} });
  }

  #deliver(text: string): void {
    const message = JSON.parse(text) as EngineMessage;
    this.received.push(message);
    if (message.t === 'frame' && this.acknowledges) this.send({ t: 'ack', frame: message.frame });
  }
}
