import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src-contract/settings.ts';
import { curlLine, httpAddress } from './http-address.ts';

const ORIGIN = 'http://127.0.0.1:4000';
const withApi = (on: boolean, port: number) => ({ ...DEFAULT_SETTINGS, local_api: { on, port } });

describe('the address of the HTTP interface', () => {
  it('is the page’s own in a browser', () => {
    expect(httpAddress({ desktop: false }, null, ORIGIN)).toBe(ORIGIN);
  });

  it('is the local API in the desktop app, while it is on and its port is known', () => {
    expect(httpAddress({ desktop: true }, withApi(true, 4321), 'app://pulsedesk')).toBe(
      'http://127.0.0.1:4321',
    );
    expect(httpAddress({ desktop: true }, withApi(false, 4321), 'app://pulsedesk')).toBeNull();
    expect(httpAddress({ desktop: true }, withApi(true, 0), 'app://pulsedesk')).toBeNull();
    expect(httpAddress({ desktop: true }, null, 'app://pulsedesk')).toBeNull();
  });

  it('stands in the command that posts an event', () => {
    expect(curlLine(ORIGIN, '/api/events', { type: 'page_view' })).toBe(
      `curl -X POST http://127.0.0.1:4000/api/events -H "Content-Type: application/json" -d '{"type":"page_view"}'`,
    );
  });
});
