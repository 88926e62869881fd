import { describe, expect, it } from 'vitest';
import { errorMessage } from './error-message.ts';

describe('errorMessage', () => {
  it('says what an error says, or its name when it says nothing', () => {
    expect(errorMessage(new Error('refused'))).toBe('refused');
    expect(errorMessage(new TypeError())).toBe('TypeError');
  });

  it('says something of whatever else was thrown', () => {
    expect(errorMessage('plain')).toBe('plain');
    expect(errorMessage(undefined)).toBe('undefined');
    expect(errorMessage(Object.assign(Object.create(null), { code: 7 }))).toContain('code: 7');
  });

  it('hides secrets and is never longer than 1,000 characters', () => {
    expect(errorMessage(new Error('connect nats://u:p@h'))).toBe('connect nats://***@h');
    expect(errorMessage(new Error('x'.repeat(2_000)))).toHaveLength(1_000);
  });
});
