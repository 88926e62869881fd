import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishOn, type OutgoingMessage } from '../../../src-main/sources/nats/testing/publish.ts';
import { looking } from '../checks/stored-journal.ts';
import { atMost, counted, nothingWrong, type Finding, type Point } from '../finding.ts';
import { Lab } from '../hosts/lab.ts';
import type { RestClient } from '../hosts/rest-client.ts';
import { storedUpTo } from '../hosts/stream-settled.ts';
import { Window } from '../hosts/window.ts';

interface Scale {
  portfolios: number;
  leaving: number;
  /** Events about each portfolio before it leaves. */
  updates: number;
  /** Whether the files must come clean while the host runs, and not only once it has stopped. */
  filesToo: boolean;
}

export const FULL: Scale = { portfolios: 500, leaving: 200, updates: 20, filesToo: true };
export const SHORT: Scale = { portfolios: 30, leaving: 10, updates: 5, filesToo: false };

/** Stands in every slug that leaves, and in nothing else. */
const TOKEN = 'leaver-q7x';
const SYMBOLS = 20;
const WITHIN_MS = 60_000;

/** Lets portfolios opt out that left traces everywhere, and looks for them everywhere. */
export const run: Point<Scale> = ({ scale, log, signal }) =>
  Lab.use(signal, async (lab) => {
    const nats = await lab.nats('dev');
    const { host, rest } = await lab.serve('--nats', nats.url);
    const publisher = await lab.publisher(nats);
    const leaving = Array.from({ length: scale.leaving }, (_, index) => `${TOKEN}-${index}`);
    const staying = Array.from({ length: scale.portfolios - scale.leaving }, (_, index) => `stayer-${index}`);
    const good = traces([...leaving, ...staying], scale.updates);
    const malformed = leaving.flatMap(malformedAbout);
    await publishOn(publisher, [...good, ...malformed]);
    await storedUpTo(lab, rest, good.length + malformed.length, 60_000);
    for (const slug of leaving.slice(0, 5)) await rest.ask('POST', `/api/services/portfolio:${slug}/restart`);
    const before = await tracesOverHttp(rest, leaving);

    log(`${scale.leaving} of ${scale.portfolios} portfolios opt out`);
    const optedOut = Date.now();
    await publishOn(
      publisher,
      leaving.map((slug) => ({ subject: 'dev.portfolio.opted_out', body: JSON.stringify({ slug }) })),
    );
    const total = good.length + malformed.length + leaving.length;
    await storedUpTo(lab, rest, total, 60_000);
    const gone = await lab
      .until('the traces are gone', WITHIN_MS, async () => {
        const left = await tracesOverHttp(rest, leaving);
        if (left.length === 0) return [];
        throw new Error(left.join());
      })
      .catch(() => tracesOverHttp(rest, leaving));
    await lab.until('every redaction is done', WITHIN_MS, () =>
      looking(lab.folder, ({ redactionsWaiting }) => redactionsWaiting === 0 || undefined),
    );
    const redacted = Date.now() - optedOut;
    const findings = [
      atMost('everything redacted after', redacted, WITHIN_MS, 'ms'),
      ...(scale.filesToo ? [await cleanWhileRunning(lab, optedOut)] : []),
      await feedFinding(lab, host.url, leaving[0] ?? ''),
    ];
    const { ledger } = await rest.status();
    await host.end('SIGTERM');
    const { rows } = looking(lab.folder, (journal) => journal.counts('dev'));
    return [
      { what: 'places that named them before', figure: before.join(', '), holds: before.length >= 5 },
      nothingWrong('lists, search, history, rejects, audit that name none of them', before.length, gone),
      ...findings,
      nothingWrong(
        'files that name none of them once it has stopped',
        filesOf(lab.folder).length,
        filesNaming(lab.folder),
      ),
      counted('portfolios shared', staying.length, scale.portfolios - scale.leaving),
      counted('events in the ledger', ledger.stored, good.length + leaving.length),
      counted('rejects in the ledger', ledger.rejected, malformed.length),
      counted('journal rows', rows, good.length + leaving.length),
    ];
  });

function traces(slugs: readonly string[], updates: number): OutgoingMessage[] {
  const prices = Array.from({ length: SYMBOLS }, (_, index) => ({
    subject: 'dev.stock.price_updated',
    body: JSON.stringify({ symbol: `SYM${index}`, price: index + 1 }),
  }));
  const about = Array.from({ length: updates + 1 }, (_, round) =>
    slugs.map((slug, index) => ({
      subject: `dev.portfolio.${round === 0 ? 'opted_in' : 'updated'}`,
      body: JSON.stringify({
        slug,
        holdings: [{ symbol: `SYM${(index + round) % SYMBOLS}`, quantity: 1 + round, avg_price: 1 }],
      }),
    })),
  );
  return [...prices, ...about.flat()];
}

function malformedAbout(slug: string): OutgoingMessage[] {
  return [
    `{"slug":"${slug}","holdings":`,
    `{"slug":"${slug}","holdings":[{"symbol":"?!","quantity":1,"avg_price":1}]}`,
  ].map((body) => ({ subject: 'dev.portfolio.updated', body }));
}

/** The places in the HTTP interface that name one of them. */
async function tracesOverHttp(rest: RestClient, leaving: readonly string[]): Promise<string[]> {
  const slug = leaving[0] ?? '';
  const places: Record<string, unknown> = {
    list: await rest.portfolios(),
    search: await rest.get(`/api/portfolios?q=${TOKEN}`),
    community: await rest.community(),
    rejects: await rest.rejects(),
    audit: await rest.audit(),
    status: await rest.status(),
  };
  const named = Object.keys(places).filter((place) => JSON.stringify(places[place]).includes(TOKEN));
  for (const part of ['', '/history', '/timeline']) {
    const { status, body } = await rest.ask('GET', `/api/portfolios/${slug}${part}`);
    await body?.cancel();
    if (status !== 404) named.push(`portfolio${part}`);
  }
  return named;
}

async function feedFinding(lab: Lab, url: string, slug: string): Promise<Finding> {
  const window = new Window(url);
  lab.defer(() => window.close());
  const shown = window.show('portfolio', { slug });
  const state = await lab.until('the feed says something', 5000, () => shown.view.state ?? undefined);
  return {
    what: 'the feed of one of them is empty',
    figure: `${state.rows.size} rows`,
    holds: state.head === null && state.rows.size === 0,
  };
}

async function cleanWhileRunning(lab: Lab, optedOut: number): Promise<Finding> {
  const what = 'files that name none of them while it runs, within a minute';
  try {
    const left = WITHIN_MS - (Date.now() - optedOut);
    await lab.until(what, left, () => filesNaming(lab.folder).length === 0 || undefined);
  } catch (error) {
    if (lab.signal.aborted) throw error;
    return nothingWrong(what, filesOf(lab.folder).length, filesNaming(lab.folder));
  }
  return { what, figure: `after ${((Date.now() - optedOut) / 1000).toFixed(1)} s`, holds: true };
}

/** The files of the data folder, logs and settings too, in whose bytes one of them stands. */
function filesNaming(folder: string): string[] {
  return filesOf(folder).filter((file) => readFileSync(file).includes(TOKEN));
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
