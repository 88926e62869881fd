import type { FastifyInstance } from 'fastify';
import type { ServerParts } from './server-parts.ts';
import { latestOfFeed } from './latest-of-feed.ts';
import type { HostFigures } from './metrics.ts';

/** `/metrics` in Prometheus' text format; answers without the engine too. */
export function metricsRoute(
  app: FastifyInstance,
  { client, clock }: Pick<ServerParts, 'client' | 'clock'>,
  figures: () => HostFigures,
): void {
  const schema = {
    summary: 'Figures of the app in the text format of Prometheus',
    operationId: 'metrics',
    response: {
      200: { description: 'The figures', content: { 'text/plain': { schema: { type: 'string' } } } },
    },
  };
  app.get('/metrics', { schema }, async (_request, reply) => {
    // Loaded when first asked for: the start does not wait for what most never use.
    const { metricsText } = await import('./metrics.ts');
    const [report, polling, breaker, invoices, pipeline] = await Promise.all([
      client.call('system.status', {}).catch(() => null),
      client.call('polling.get', {}).catch(() => null),
      client.call('breaker.get', {}).catch(() => null),
      client.call('invoices.stats', {}).catch(() => null),
      latestOfFeed(client, clock, 'pipeline', {}),
    ]);
    const polled = polling === null || breaker === null ? null : { polling, breaker };
    const stages = pipeline === null ? null : [...pipeline.rows.values()];
    const text = await metricsText(figures(), { report, polled, invoices, stages });
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(text);
  });
}
