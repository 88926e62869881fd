import { describe, expect, it } from 'vitest';
import { stockKeyNote, type StockKeyForm } from './stock-key-note.ts';

const form = (change: Partial<StockKeyForm>): StockKeyForm => ({
  ...{ url: 'https://a.example/prices', has_key: true, key_origin: 'https://a.example' },
  ...change,
});

describe('the note on the API key', () => {
  it.each<[Partial<StockKeyForm>]>([
    [{}],
    [{ url: 'https://a.example/v2' }],
    [{ url: '' }],
    [{ url: 'https://b.example', key: 'typed anew' }],
    [{ url: 'https://b.example', key: '' }],
    [{ url: 'https://b.example', has_key: false }],
    [{ url: 'http://127.0.0.1:4100', key: 'typed' }],
    [{ url: 'http://[::1]:4100', key: 'typed' }],
    [{ url: 'http://prices.example', has_key: false }],
  ])('says nothing where there is nothing to know: %j', (change) => {
    expect(stockKeyNote(form(change), false)).toBeNull();
  });

  it('asks for the key of another address, to which the saved one is not sent', () => {
    const note = 'The saved key was entered for https://a.example and is not sent to https://b.example. ';
    expect(stockKeyNote(form({ url: 'https://b.example/x' }), false)).toContain(note);
    expect(stockKeyNote(form({ url: 'http://a.example' }), false)).toContain(
      'is not sent to http://a.example',
    );
    expect(stockKeyNote(form({ key_origin: '' }), false)).toContain('before there was an address');
    expect(stockKeyNote(form({ url: 'https://b.example/x' }), true)).toBeNull();
  });

  it('warns of a key that goes over the network unencrypted', () => {
    const note = 'The key goes to prices.example:8080 unencrypted';
    const url = 'http://prices.example:8080/p';
    expect(stockKeyNote(form({ url, key: 'typed' }), false)).toContain(note);
    expect(stockKeyNote(form({ url, key_origin: 'http://prices.example:8080' }), false)).toContain(note);
  });
});
