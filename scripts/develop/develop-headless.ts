import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { resolveConfig } from 'electron-vite';
import { createServer, type ProxyOptions, type ViteDevServer } from 'vite';

const ROOT = join(import.meta.dirname, '../..');
const HOST_PATHS = ['/api', '/ws', '/health', '/metrics', '/openapi.json'];

/** The headless host, run from its sources and started again when one of them changes. */
function startHost(args: readonly string[]): ChildProcess {
  const command = ['--watch', '--watch-preserve-output', join(ROOT, 'src-main/serve.ts'), ...args];
  return spawn(process.execPath, command, { cwd: ROOT, stdio: ['inherit', 'pipe', 'inherit'] });
}

/** Waits for the host's line that says where it answers; undefined when it ends without one. */
async function addressOf(host: ChildProcess): Promise<string | undefined> {
  if (host.stdout === null) return undefined;
  for await (const line of createInterface({ input: host.stdout })) {
    const url = /"ready":true.*"url":"([^"]+)"/.exec(line)?.[1];
    if (url !== undefined) return url;
    process.stdout.write(`${line}\n`);
  }
  return undefined;
}

/** Passes requests on as if the host's own page had made them: it refuses those of other origins. */
const toHost = (target: string): ProxyOptions => ({
  target,
  changeOrigin: true,
  ws: true,
  rewriteWsOrigin: true,
  headers: { origin: target },
});

async function startPage(target: string): Promise<ViteDevServer> {
  const { config } = await resolveConfig({}, 'serve');
  const proxy = Object.fromEntries(HOST_PATHS.map((path) => [path, toHost(target)]));
  const server = await createServer({ ...config?.renderer, configFile: false, server: { proxy } });
  return server.listen();
}

/** Serves the page with hot reload in front of a headless host that is started with `args`; ends on Ctrl-C. */
export async function developHeadless(args: readonly string[]): Promise<void> {
  const host = startHost(args);
  const target = await addressOf(host);
  if (target === undefined) {
    process.exitCode = 1;
    return;
  }
  host.stdout?.resume();
  const page = await startPage(target);
  page.printUrls();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => host.kill(signal));
  await once(host, 'exit');
  await page.close();
}
