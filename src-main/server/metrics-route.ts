import type { FastifyInstance } from 'fastify';
import type { ServerParts } from './server-parts.ts';
import type { HostFigures } from './metrics.ts';

/** `/metrics` in Prometheus' text format; answers without the engine too. */
export function metricsRoute(
  app: FastifyInstance,
  { client }: Pick<ServerParts, 'client'>,
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
    const [report, polling, breaker, invoices] = await Promise.all([
      client.call('system.status', {}).catch(() => null),
      client.call('polling.get', {}).catch(() => null),
      client.call('breaker.get', {}).catch(() => null),
      client.call('invoices.stats', {}).catch(() => null),
    ]);
    const polled = polling === null || breaker === null ? null : { polling, breaker };
    const text = await metricsText(figures(), { report, polled, invoices });
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(text);
  });
}
