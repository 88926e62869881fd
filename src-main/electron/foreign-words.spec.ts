import { describe, expect, it } from 'vitest';
import { isForeignWord, ownArguments } from './foreign-words.ts';

describe('ownArguments', () => {
  it('are all words after the program of a packaged app', () => {
    expect(ownArguments(['/opt/pulsedesk', '--data', '/x'], true)).toEqual(['--data', '/x']);
  });

  it('follow the folder of the app otherwise, before which the runtime has its own', () => {
    const argv = ['electron', '--no-sandbox', '--inspect=0', '.', '--data', '/x'];
    expect(ownArguments(argv, false)).toEqual(['--data', '/x']);
  });

  it('are none where there is no folder', () => {
    expect(ownArguments(['electron', '--inspect'], false)).toEqual([]);
  });
});

describe('isForeignWord', () => {
  it.each(['--no-sandbox', '--remote-debugging-port', '-psn_0_1234', 'pulsedesk://settings', 'PulseDesk:x'])(
    'passes %s over',
    (word) => {
      expect(isForeignWord(word)).toBe(true);
    },
  );

  it.each(['--data', '--prot', 'settings', '--host', '-p', 'https://example.com'])(
    'leaves %s to us',
    (word) => {
      expect(isForeignWord(word)).toBe(false);
    },
  );
});
