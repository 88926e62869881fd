import { describe, expect, it } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { LocalApi } from './local-api.ts';

function setUp(fails: (port: number) => boolean = () => false) {
  const events: string[] = [];
  const audited: string[] = [];
  let running = 0;
  const api = new LocalApi({
    log: silentLog,
    audit: (...entry) => audited.push(entry.join(' ')),
    async start(port) {
      if (fails(port)) throw new Error(`port ${port} is taken`);
      running += 1;
      expect(running).toBe(1);
      events.push(`start ${port}`);
      return {
        url: `http://127.0.0.1:${port}`,
        async stop() {
          running -= 1;
          events.push(`stop ${port}`);
        },
      };
    },
  });
  return { api, events, audited };
}

describe('LocalApi', () => {
  it('is off until it is wanted', async () => {
    const { api, events } = setUp();
    await api.want({ on: false, port: 4000 });
    expect(api.url).toBeNull();
    expect(events).toEqual([]);
  });

  it('goes on and off as it is told, and says so', async () => {
    const { api, events, audited } = setUp();
    await api.want({ on: true, port: 4000 });
    expect(api.url).toBe('http://127.0.0.1:4000');
    await api.want({ on: false, port: 4000 });
    expect(api.url).toBeNull();
    expect(events).toEqual(['start 4000', 'stop 4000']);
    expect(audited).toEqual([
      'local_api.on http://127.0.0.1:4000 ok',
      'local_api.off http://127.0.0.1:4000 ok',
    ]);
  });

  it('is not disturbed by settings that say the same again', async () => {
    const { api, events } = setUp();
    await api.want({ on: true, port: 4000 });
    await api.want({ on: true, port: 4000 });
    expect(events).toEqual(['start 4000']);
  });

  it('moves to another port, the old one let go first', async () => {
    const { api, events } = setUp();
    await api.want({ on: true, port: 4000 });
    await api.want({ on: true, port: 5000 });
    expect(events).toEqual(['start 4000', 'stop 4000', 'start 5000']);
  });

  it('ends up where it was told last, however fast the changes come', async () => {
    const { api, events } = setUp();
    void api.want({ on: true, port: 4000 });
    void api.want({ on: true, port: 5000 });
    void api.want({ on: false, port: 5000 });
    await api.want({ on: true, port: 6000 });
    expect(api.url).toBe('http://127.0.0.1:6000');
    expect(events).toEqual(['start 6000']);
  });

  it('says why it cannot listen, and tries again when it is told another port', async () => {
    const { api, audited } = setUp((port) => port === 4000);
    await api.want({ on: true, port: 4000 });
    expect(api.url).toBeNull();
    expect(api.failure).toBe('port 4000 is taken');
    expect(audited).toEqual(['local_api.on port 4000 failed: port 4000 is taken']);
    await api.want({ on: true, port: 5000 });
    expect(api.url).toBe('http://127.0.0.1:5000');
    expect(api.failure).toBeNull();
  });

  it('stops after what was under way', async () => {
    const { api, events } = setUp();
    void api.want({ on: true, port: 4000 });
    await api.stop();
    await api.stop();
    expect(events).toEqual([]);
    await api.want({ on: true, port: 4000 });
    await api.stop();
    expect(events).toEqual(['start 4000', 'stop 4000']);
  });
});
