import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Polling } from '../../../src-contract/polling.ts';
import type { Quote } from '../../../src-contract/ticker.ts';
import { looking } from '../checks/stored-journal.ts';
import { atMost, counted, type Finding, nothingWrong, type Point } from '../finding.ts';
import { type CountingStockApi, startCountingStockApi } from '../hosts/counting-stock-api.ts';
import { Lab } from '../hosts/lab.ts';
import { RestClient } from '../hosts/rest-client.ts';
import { ServeProcess } from '../hosts/serve-process.ts';
import { ledgerFault } from '../hosts/stream-settled.ts';
import { Window } from '../hosts/window.ts';

interface Scale {
  /** How often a leader is killed, and another one started in its place. */
  kills: number;
  /** How long the calls are counted before each kill, in milliseconds. */
  countMs: number;
  pollSeconds: number;
}

export const FULL: Scale = { kills: 5, countMs: 30_000, pollSeconds: 5 };
export const SHORT: Scale = { kills: 1, countMs: 4000, pollSeconds: 1 };

const TAKEN_OVER_WITHIN_MS = 15_000;
/** Two polls and the way to the others, in milliseconds. */
const AGREED_WITHIN_MS = 15_000;
const NAMES = ['one', 'two', 'three'];
/** Each instance watches one symbol of its own and one that all watch. */
const SYMBOLS = ['AAPL', 'S0', 'S1', 'S2'];

interface Instance {
  readonly name: string;
  readonly folder: string;
  readonly host: ServeProcess;
  readonly rest: RestClient;
}

/** Lets three instances share one NATS and one stock API, and kills the one that polls, again and again. */
export const run: Point<Scale> = ({ scale, log, signal }) =>
  Lab.use(signal, async (lab) => {
    const nats = await lab.nats('dev');
    const api = await startCountingStockApi();
    lab.defer(() => api.stop());
    const start = (name: string): Promise<Instance> =>
      startInstance(lab, name, ['--nats', nats.url, '--stock-api', api.addressFor(name)], scale.pollSeconds);
    let instances: Instance[] = [];
    for (const name of NAMES) instances.push(await start(name));
    for (const [index, { rest }] of instances.entries()) await watch(rest, ['AAPL', `S${index}`]);
    const findings: Finding[] = [];
    for (let kill = 1; kill <= scale.kills; kill += 1) {
      const round = (found: Finding[]): void => {
        findings.push(...found.map((finding) => ({ ...finding, what: `kill ${kill}: ${finding.what}` })));
      };
      round(await agreed(lab, instances));
      const leader = await onlyCaller(lab, api, instances, scale.countMs, round);
      log(`kill ${kill}: ${leader.name} polls; killing it`);
      const killedAt = performance.now();
      await leader.host.end('SIGKILL');
      const rest = instances.filter((instance) => instance !== leader);
      const next = await lab.until('another polls', 2 * TAKEN_OVER_WITHIN_MS, () =>
        api.calls.find(({ caller, at }) => at > killedAt && caller !== leader.name),
      );
      round([
        atMost('another polls after', next.at - killedAt, TAKEN_OVER_WITHIN_MS, 'ms'),
        ...storedOnce(leader),
      ]);
      instances = [...rest, await start(leader.name)];
    }
    findings.push(...(await agreed(lab, instances)));
    for (const { host } of instances) await host.end('SIGTERM');
    return findings;
  });

async function startInstance(
  lab: Lab,
  name: string,
  options: readonly string[],
  pollSeconds: number,
): Promise<Instance> {
  const folder = join(lab.folder, name);
  mkdirSync(folder, { recursive: true });
  const host = new ServeProcess(folder, ['--env', 'dev', ...options]);
  lab.defer(async () => {
    await host.end('SIGKILL');
  });
  const url = await host.ready;
  const window = new Window(url);
  await lab.until('the settings are taken', 5000, () =>
    window.client.call('settings.set', { stocks: { share: true, poll_seconds: pollSeconds } }),
  );
  await window.close();
  return { name, folder, host, rest: new RestClient(url, lab.signal) };
}

async function watch(rest: RestClient, symbols: readonly string[]): Promise<void> {
  for (const symbol of symbols) await rest.ask('POST', '/api/subscriptions', { symbol });
}

/** Waits until all know of each other and show the same newest price of every symbol that any of them watches. */
async function agreed(lab: Lab, instances: readonly Instance[]): Promise<Finding[]> {
  const begun = performance.now();
  const polling = await lab.until('all agree', 4 * AGREED_WITHIN_MS, async () => {
    const all = await Promise.all(instances.map(({ rest }) => rest.get<Polling>('/api/polling')));
    const quotes = await Promise.all(instances.map(({ rest }) => quotesOf(rest)));
    const same = quotes.every((text) => text === quotes[0]);
    const known = all.every(({ sharing }) => sharing.instances === instances.length);
    if (same && known && SYMBOLS.every((symbol) => quotes[0]?.includes(`"${symbol}"`))) return all;
    throw new Error([...all.map(({ sharing }) => sharing.detail), ...quotes].join(' / '));
  });
  const agreedMs = performance.now() - begun;
  const leads = polling.filter(({ sharing }) => sharing.role === 'leader').length;
  const statuses = await Promise.all(instances.map(({ rest }) => rest.status()));
  return [
    atMost('all know of each other and show the same quotes after', agreedMs, AGREED_WITHIN_MS, 'ms'),
    counted('instances that lead', leads, 1),
    nothingWrong(
      'ledgers add up',
      statuses.length,
      statuses.flatMap((status) => ledgerFault(status) ?? []),
    ),
  ];
}

async function quotesOf(rest: RestClient): Promise<string> {
  const { items } = await rest.get<{ items: Quote[] }>('/api/tickers?limit=1000');
  return JSON.stringify(items.map(({ symbol, price, currency, as_of }) => [symbol, price, currency, as_of]));
}

/** Counts for a while who calls the API; hands the caller over. */
async function onlyCaller(
  lab: Lab,
  api: CountingStockApi,
  instances: readonly Instance[],
  countMs: number,
  round: (found: Finding[]) => void,
): Promise<Instance> {
  const since = performance.now();
  const calls = await lab.until('the calls are counted', countMs + 5000, () =>
    performance.now() - since < countMs ? undefined : api.calls.filter(({ at }) => at > since),
  );
  const callers = [...new Set(calls.map(({ caller }) => caller))];
  const asked = new Set(calls.flatMap(({ symbols }) => symbols));
  round([
    counted(`instances that polled in ${countMs / 1000} s, with ${calls.length} calls`, callers.length, 1),
    counted('symbols asked for, of all that any watches', asked.size, SYMBOLS.length),
  ]);
  const leader = instances.find(({ name }) => name === callers[0]);
  if (leader === undefined) throw new Error('nobody polled');
  return leader;
}

/** What an instance polled came back over NATS, and is there once. */
function storedOnce({ name, folder }: Instance): Finding[] {
  const twice = looking(folder, (journal) => journal.ticksStoredTwice('dev'));
  return [nothingWrong(`ticks of ${name} are stored once`, twice.looked, twice.wrong)];
}
