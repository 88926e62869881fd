import { startNatsServer, type NatsServerOptions } from '../../src-main/sources/nats/testing/nats-server.ts';
import { makeStream } from '../../src-main/sources/nats/testing/publish.ts';
import { startHost } from '../fixtures/host-process.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

/** What `GET /api/metrics/summary` answers. */
export interface ActivityAnswer {
  days: { date: string; total: number; by_type: Record<string, number> }[];
  top_users: { user: string; count: number }[];
}

/** What `GET /api/analytics/summary` answers, as far as it is looked at here. */
export interface AnalyticsAnswer {
  total: number;
  value: { count: number; sum: number | null };
  top_types: { type: string; count: number }[];
}

/** Starts a real NATS server with a stream over `dev`, and the built host that reads it. `stop` ends both. */
export async function startEventDesk(options: NatsServerOptions = {}) {
  const folder = temporaryFolder();
  const nats = await startNatsServer(options);
  await makeStream(nats.url, 'dev');
  const args = ['--port', '0', '--data', folder.path, '--nats', nats.url, '--env', 'dev', '--no-demo'];
  const host = await startHost(args, folder.path);

  async function read<T>(path: string): Promise<T> {
    const answer = await fetch(host.url + path);
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  return {
    url: host.url,
    natsUrl: nats.url,
    activity: () => read<ActivityAnswer>('/api/metrics/summary'),
    analytics: () => read<AnalyticsAnswer>('/api/analytics/summary?window=start'),
    async stop(): Promise<void> {
      await host.stop('SIGTERM');
      await nats.stop();
      folder.remove();
    },
  };
}
