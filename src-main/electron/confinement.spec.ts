import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isExternal } from './lock-down.ts';
import { ShellFolder, startShell } from './testing/shell-fixture.ts';

const folder = new ShellFolder();
beforeAll(() => folder.fill());
afterAll(() => folder.remove());

describe('a page of ours', () => {
  it('goes to our own pages only', async () => {
    const { window } = await startShell(folder.files);
    expect(window().navigate('will-navigate', 'app://pulsedesk/system')).toBe(true);
    for (const url of [
      'https://example.com/',
      'app://elsewhere/',
      'file:///etc/passwd',
      'data:text/html,x',
      'x',
    ]) {
      expect(window().navigate('will-navigate', url)).toBe(false);
      expect(window().navigate('will-redirect', url)).toBe(false);
    }
  });

  it('holds no frames of other pages', async () => {
    const { window } = await startShell(folder.files);
    expect(window().navigate('will-frame-navigate', 'app://pulsedesk/', false)).toBe(false);
    expect(window().navigate('will-frame-navigate', 'app://pulsedesk/', true)).toBe(true);
  });

  it('opens no windows; https links go to the browser of the system', async () => {
    const { double, window } = await startShell(folder.files);
    expect(window().openFromPage('https://example.com/a')).toEqual({ action: 'deny' });
    expect(window().openFromPage('http://example.com/b')).toEqual({ action: 'deny' });
    expect(window().openFromPage('file:///usr/bin/true')).toEqual({ action: 'deny' });
    window().navigate('will-navigate', 'https://example.com/c');
    expect(double.system.opened).toEqual(['https://example.com/a', 'https://example.com/c']);
  });

  it('gets no permission, whatever it asks for', async () => {
    const { double } = await startShell(folder.files);
    const { request, check, device } = double.system.permissions;
    const answers: unknown[] = [];
    request?.({}, 'media', (answer: unknown) => answers.push(answer));
    expect([...answers, check?.({}, 'geolocation'), device?.({})]).toEqual([false, false, false]);
  });
});

describe('isExternal', () => {
  it.each([
    'http://example.com',
    'https://user@example.com',
    'https://u:p@example.com',
    'ftp://x',
    'javascript:1',
    '',
  ])('keeps %j from the browser', (url) => {
    expect(isExternal(url)).toBe(false);
  });

  it('lets https through', () => {
    expect(isExternal('https://example.com/docs?q=1#top')).toBe(true);
  });
});
