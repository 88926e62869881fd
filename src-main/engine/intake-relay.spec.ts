import { describe, expect, it } from 'vitest';
import type { IntakeAnswer, IntakeRequest } from '../../src-contract/intake.ts';
import type { ToEngine } from './engine-messages.ts';
import { IntakeRelay } from './intake-relay.ts';

const STORED: IntakeAnswer = { ok: true, accepted: 1, repeated: 0, rejected: [] };
const request = (body: Uint8Array): IntakeRequest => ({ family: 'activity.recorded', via: 'http', body });

/** A relay whose turn of the loop ends when the test says so. */
function harness() {
  const posted: Extract<ToEngine, { t: 'intake' }>[] = [];
  const turns: (() => void)[] = [];
  const relay = new IntakeRelay(
    (message, transfer) => void posted.push(structuredClone(message, { transfer: [...transfer] })),
    (send) => void turns.push(send),
  );
  const endTurn = () => {
    for (const send of turns.splice(0)) send();
  };
  return { relay, posted, endTurn };
}

describe('the relay of events to the engine', () => {
  it('sends what is asked in one turn in one message, and answers each by its own id', async () => {
    const { relay, posted, endTurn } = harness();
    const first = relay.ask(request(Buffer.from('{"a":1}')));
    const second = relay.ask(request(Buffer.from('{"b":2}')));
    expect(posted).toEqual([]);
    endTurn();
    expect(posted).toHaveLength(1);
    const [{ requests } = { requests: [] }] = posted;
    expect(requests.map((asked) => Buffer.from(asked.request.body).toString())).toEqual([
      '{"a":1}',
      '{"b":2}',
    ]);
    const refused: IntakeAnswer = { ok: false, code: 'invalid_json', message: 'no JSON' };
    relay.answered([
      { id: requests[1]?.id ?? 0, answer: refused },
      { id: requests[0]?.id ?? 0, answer: STORED },
      { id: 99, answer: STORED },
    ]);
    expect(await first).toEqual(STORED);
    expect(await second).toEqual(refused);
  });

  it('leaves the caller its bytes, those of a shared buffer too', () => {
    const { relay, posted, endTurn } = harness();
    const body = Buffer.from('{"a":1}');
    void relay.ask(request(body));
    body.fill(0);
    endTurn();
    expect(body.byteLength).toBe(7);
    expect(Buffer.from(posted[0]?.requests[0]?.request.body ?? []).toString()).toBe('{"a":1}');
  });

  it('is busy beyond 2,000 unanswered requests, and takes more when one was answered', async () => {
    const { relay, posted, endTurn } = harness();
    const asked = Array.from({ length: 2000 }, () => relay.ask(request(new Uint8Array(1))));
    expect(await relay.ask(request(new Uint8Array(1)))).toMatchObject({ code: 'busy', retryAfterMs: 1000 });
    endTurn();
    expect(posted[0]?.requests).toHaveLength(2000);
    relay.answered([{ id: posted[0]?.requests[0]?.id ?? 0, answer: STORED }]);
    expect(await asked[0]).toEqual(STORED);
    void relay.ask(request(new Uint8Array(1)));
    endTurn();
    expect(posted[1]?.requests).toHaveLength(1);
  });

  it('is busy beyond 64 MiB of unanswered bytes', async () => {
    const { relay, posted, endTurn } = harness();
    const large = new Uint8Array(32 * 1024 * 1024);
    void relay.ask(request(large));
    void relay.ask(request(large));
    expect(await relay.ask(request(new Uint8Array(1)))).toMatchObject({ ok: false, code: 'busy' });
    endTurn();
    relay.answered([{ id: posted[0]?.requests[0]?.id ?? 0, answer: STORED }]);
    void relay.ask(request(new Uint8Array(1)));
    endTurn();
    expect(posted[1]?.requests).toHaveLength(1);
  });

  it('tells all who wait that the engine is gone, and sends none of it to the next one', async () => {
    const { relay, posted, endTurn } = harness();
    const sent = relay.ask(request(new Uint8Array(1)));
    endTurn();
    const unsent = relay.ask(request(new Uint8Array(1)));
    relay.lost();
    expect(await sent).toMatchObject({ ok: false, code: 'unavailable' });
    expect(await unsent).toMatchObject({ ok: false, code: 'unavailable' });
    endTurn();
    expect(posted).toHaveLength(1);
    const again = relay.ask(request(new Uint8Array(1)));
    endTurn();
    relay.answered([{ id: posted[1]?.requests[0]?.id ?? 0, answer: STORED }]);
    expect(await again).toEqual(STORED);
  });
});
