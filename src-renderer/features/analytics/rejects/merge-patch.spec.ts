import { describe, expect, it } from 'vitest';
import { readPatch } from './merge-patch.ts';

describe('a merge patch as typed', () => {
  it('is none while nothing is typed', () => {
    expect(readPatch(' \n')).toEqual({ ok: true, patch: null });
  });

  it('is an object', () => {
    expect(readPatch('{"value": 1, "page": null}')).toEqual({ ok: true, patch: { value: 1, page: null } });
  });

  it.each(['[1]', '1', 'null', '"a"'])('is never %s', (text) => {
    expect(readPatch(text)).toEqual({ ok: false, words: 'A patch is an object, such as {"value": 1}' });
  });

  it('that is no JSON is refused with the place of the mistake', () => {
    expect(readPatch('{"value" 1}')).toEqual({ ok: false, words: 'Line 1, column 10: : is expected' });
  });
});
