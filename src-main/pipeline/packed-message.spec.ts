import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../../src-contract/event-kinds.ts';
import { FAMILY_RULES, type FamilyRule } from './event-families.ts';
import { isArrayBody, readPacked, type PackedMessage } from './packed-message.ts';

const NOW = Date.parse('2026-06-15T12:00:00.000Z');
const RULE = FAMILY_RULES.get('analytics.event') as FamilyRule;

const read = (text: string) => readPacked(RULE, Buffer.from(text), NOW - 500, NOW, () => 'USD');

function unpack(text: string): PackedMessage {
  const packed = read(text);
  if (!packed.ok) throw new Error(packed.reason);
  return packed;
}

function deep(levels: number): string {
  return `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
}

describe('a packed message', () => {
  it('is told from one event by its first character that is no space', () => {
    expect(isArrayBody(Buffer.from(' \r\n\t[]'))).toBe(true);
    expect(isArrayBody(Buffer.from('{"a":[]}'))).toBe(false);
    expect(isArrayBody(Buffer.from('   '))).toBe(false);
  });

  it('is events with times of their own, and keeps the bytes it came with', () => {
    const text = '[ {"type":"a","occurred_at":"2026-06-15T11:00:00.000Z"}, {"type":"b", "value":1.50} ]';
    const { events, rejects, row } = unpack(text);
    expect(events.map(({ occurredAt, body }) => [occurredAt, body])).toEqual([
      [NOW - 3_600_000, { type: 'a', occurred_at: '2026-06-15T11:00:00.000Z' }],
      [NOW - 500, { type: 'b', value: 1.5 }],
    ]);
    expect(rejects).toEqual([]);
    expect(Buffer.from(row).toString()).toBe(text);
  });

  it('leaves out what fails: each a reject with its place, reason and text as sent', () => {
    const { events, rejects, row } = unpack(
      '[{"type":"a"}, {"type": ""}, 7, null, [1], {"type":"b","value":2e12} ,\n {"type":"c"}, {"type":"d","value":1e999}]',
    );
    expect(events).toHaveLength(2);
    expect(Buffer.from(row).toString()).toBe('[{"type":"a"},{"type":"c"}]');
    expect(rejects.map(({ part, reason, body }) => [part, reason, Buffer.from(body).toString()])).toEqual([
      [1, '/type must not have fewer than 1 characters', '{"type": ""}'],
      [2, 'the body is not a JSON object', '7'],
      [3, 'the body is not a JSON object', 'null'],
      [4, 'the body is not a JSON object', '[1]'],
      [5, '/value must be from -1000000000000 to 1000000000000', '{"type":"b","value":2e12}'],
      [7, '/value must be number', '{"type":"d","value":1e999}'],
    ]);
  });

  it('has limits for each event as for one by itself: 64 KiB, 64 levels, no __proto__', () => {
    const page = 'x'.repeat(66_000);
    const { events, rejects } = unpack(
      `[{"type":"a"},{"type":"b","note":"${page}"},{"type":"c","deep":${deep(64)}},{"type":"d","deep":${deep(63)}},{"type":"e","__proto__":{}}]`,
    );
    expect(events.map(({ body }) => (body as { type: string }).type)).toEqual(['a', 'd']);
    expect(rejects.map(({ part, reason }) => [part, reason])).toEqual([
      [1, 'the body has 66022 bytes; at most 65536 are accepted'],
      [2, 'the body is nested deeper than 64 levels'],
      [4, 'the body has a key named __proto__'],
    ]);
  });

  it('is refused as a whole when it is empty, too long, too large, no JSON or no UTF-8', () => {
    const many = `[${'{},'.repeat(10_000)}{}]`;
    expect(read('[]')).toEqual({ ok: false, reason: 'the array is empty; 1 to 10000 events are accepted' });
    expect(read(many)).toEqual({
      ok: false,
      reason: 'the array has 10001 events; at most 10000 are accepted',
    });
    expect(read(`[${' '.repeat(1024 * 1024)}]`)).toEqual({
      ok: false,
      reason: 'the array has 1048578 bytes; at most 1048576 are accepted',
    });
    expect(read('[{"type":"a"}')).toMatchObject({ ok: false, reason: expect.stringContaining('not JSON') });
    const broken = Buffer.concat([Buffer.from('["'), Buffer.of(0xff), Buffer.from('"]')]);
    expect(readPacked(RULE, broken, NOW, NOW, () => 'USD')).toEqual({
      ok: false,
      reason: 'the body is not UTF-8',
    });
    expect(read(`[${'['.repeat(2000)}${']'.repeat(2000)}]`)).toEqual({
      ok: false,
      reason: 'the array is nested deeper than 1000 levels',
    });
  });

  it('takes as many events as it may have', () => {
    expect(unpack(`[${'{"type":"a"},'.repeat(9999)}{"type":"a"}]`).events).toHaveLength(10_000);
    expect(RULE.kind).toBe(EVENT_KINDS['analytics.event']);
  });
});
