import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AckReply } from './ack-reply.ts';

function read(reply: string) {
  const ack = new AckReply();
  return ack.read(reply) && { seq: ack.seq, consumerSeq: ack.consumerSeq, publishedAt: ack.publishedAt };
}

describe('AckReply', () => {
  it('reads the short form of older servers', () => {
    expect(read('$JS.ACK.PULSE_DEV.c1.1.4711.12.1795224706491421258.2')).toEqual({
      seq: 4711,
      consumerSeq: 12,
      publishedAt: 1_795_224_706_491,
    });
  });

  it('reads the long form with domain and account', () => {
    expect(read('$JS.ACK.hub.A1B2.PULSE_DEV.c1.3.4711.12.1795224706491421258.2.rnd')).toEqual({
      seq: 4711,
      consumerSeq: 12,
      publishedAt: 1_795_224_706_491,
    });
  });

  it('reads every message of a consumer with the same object', () => {
    const ack = new AckReply();
    fc.assert(
      fc.property(
        fc.nat({ max: 2 ** 40 }),
        fc.nat({ max: 2 ** 31 }),
        fc.nat({ max: 4_000_000_000_000 }),
        (seq, sent, ms) => {
          expect(ack.read(`$JS.ACK.S.c.1.${seq + 1}.${sent + 1}.${ms}123456.0`)).toBe(true);
          expect([ack.seq, ack.consumerSeq, ack.publishedAt]).toEqual([seq + 1, sent + 1, ms]);
        },
      ),
    );
  });

  it.each(['', '_INBOX.abc', '$JS.ACK.S.c.1.2', '$JS.ACK.S.c.1.x.3.1795224706491421258.0'])(
    'refuses what is not of this form: %j',
    (reply) => {
      expect(read(reply)).toBe(false);
    },
  );
});
