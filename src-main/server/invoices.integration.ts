import { describe, expect, it, vi } from 'vitest';
import type { CallResult } from '../../src-contract/channels.ts';
import type { InvoiceRun } from '../../src-contract/invoice.ts';
import { demoHost, type HostAnswer } from './demo-host.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };
const { address, ask } = demoHost();

const post = (path: string, body?: object) => ask<InvoiceRun>('POST', `/api/control/${path}`, body);
const stats = async () => (await ask<CallResult<'invoices.stats'>>('GET', '/api/stats')).body;
const list = (query: string) => ask<CallResult<'invoices.list'>>('GET', `/api/invoices?${query}`);
const run = async () => (await ask<CallResult<'system.status'>>('GET', '/api/system/status')).body.invoices;

function expectProblem(
  { status, type, body }: HostAnswer<object>,
  code: string,
  words: RegExp | string,
): void {
  expect(type).toContain('application/problem+json');
  expect(body).toMatchObject({ code, status, detail: expect.stringMatching(words) as string });
}

describe('invoices over REST', () => {
  it('are none at first', async () => {
    expect(await stats()).toEqual({ count: 0, totals: [], converted: null });
    expect((await list('limit=20')).body).toMatchObject({ items: [], next_cursor: null, count: 0 });
    expect(await run()).toMatchObject({ state: 'idle', produced: 0, shown: 0, waiting: 0 });
  });

  it('come from a run that POST without a body starts, with its defaults', async () => {
    expectProblem(await post('stop'), 'conflict', '.');
    const started = await post('start');
    expect([started.status, started.body]).toMatchObject([
      200,
      { state: 'running', rate_per_s: 5, display_rate_per_s: 2, duration_s: 300, planned: 1500 },
    ]);
    expectProblem(await post('start', {}), 'conflict', '.');
    expectProblem(await post('reset'), 'conflict', '.');
    await vi.waitUntil(async () => (await stats()).count >= 1, PATIENCE);
    const { produced, shown, waiting } = await run();
    expect(produced).toBe(shown + waiting);
  });

  it('come faster when their rates are changed, and drain after a stop', async () => {
    const faster = await ask<InvoiceRun>('PUT', '/api/control/rates', {
      rate_per_s: 500,
      display_rate_per_s: 500,
    });
    expect(faster.body).toMatchObject({ rate_per_s: 500, display_rate_per_s: 500, duration_s: 300 });
    await vi.waitUntil(async () => (await run()).produced >= 300, PATIENCE);
    expect((await post('stop')).body.state).toBe('draining');
    await vi.waitUntil(async () => (await run()).state === 'finished', PATIENCE);
    const { produced, shown, waiting } = await run();
    expect([shown, waiting]).toEqual([produced, 0]);
    await vi.waitUntil(async () => (await stats()).count === produced, PATIENCE);
  });

  it('are listed newest first, page by page, each once, beside the totals of all', async () => {
    const { count, totals } = await stats();
    const numbers: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await list(`limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect([body.count, body.totals]).toEqual([count, totals]);
      numbers.push(...body.items.map(({ number }) => number));
      cursor = body.next_cursor;
    }
    const expected = Array.from({ length: count }, (_, n) => `PD-${String(count - n).padStart(8, '0')}`);
    expect(numbers).toEqual(expected);
  });

  it('are filtered and sorted, by columns that no index serves, too', async () => {
    const { totals } = await stats();
    const { currency } = totals[0] ?? { currency: '' };
    const { body } = await list(`currency=${currency}&sort=state,-net&limit=1000`);
    expect(body.totals).toEqual(totals.slice(0, 1));
    const keys = body.items.map(({ state, net }) => [state, Number(net.amount)] as const);
    const sorted = [...keys].sort((a, b) => a[0].localeCompare(b[0]) || b[1] - a[1]);
    expect(keys).toEqual(sorted);
    const pages = [await list(`sort=net&limit=3`)];
    pages.push(await list(`sort=net&limit=3&cursor=${pages[0]?.body.next_cursor ?? ''}`));
    const whole = await list('sort=net&limit=6');
    expect(pages.flatMap((page) => page.body.items)).toEqual(whole.body.items);
  });

  it.each([
    ['limit=0', '/limit', '1 to 1000'],
    ['sort=colour', '/sort', 'sort'],
    ['sort=gross,gross', '/sort', 'each once'],
    ['sort=state,gross,-gross', '/sort', 'each once'],
    ['limit=5&limit=6', '/limit', '"limit" is given twice'],
    ['cursor=nowhere', '/cursor', 'cursor'],
    ['min=1e3', '/min', 'min'],
    ['from=2026-13-45T00:00:00Z', '/from', 'from'],
    [`q=${'x'.repeat(300)}`, '/q', '200'],
  ])('are refused for %s with a field and words', async (query, field, words) => {
    const answer = await list(query);
    expectProblem(answer, 'invalid_argument', words);
    expect([answer.status, answer.body]).toMatchObject([400, { field }]);
  });

  it('leave the view with a reset, and come back', async () => {
    const before = await stats();
    expect((await post('reset')).body).toMatchObject({ state: 'idle', undo_count: before.count });
    expect((await stats()).count).toBe(0);
    expect((await post('undo')).body).toMatchObject({ state: 'finished', undo_until: null });
    expect(await stats()).toEqual(before);
  });

  it('are issued, found by their words, and their number is taken then', async () => {
    const invoice = {
      company: 'Łódź & Söhne',
      currency: 'EUR',
      lines: [{ description: 'Zahnräder', quantity: '1', unit_price: '1091.50' }],
    };
    expect((await ask('POST', '/api/invoices', { number: 'X-1', invoice })).status).toBe(200);
    const { body } = await list('q=zahnr');
    expect(body).toMatchObject({
      count: 1,
      items: [
        {
          number: 'X-1',
          source: 'local',
          vat: { amount: '163.73', currency: 'EUR' },
          gross: { amount: '1255.23', currency: 'EUR' },
        },
      ],
    });
    const detail = await ask('GET', `/api/invoices/${body.items[0]?.id ?? 0}`);
    expect(detail.body).toMatchObject({ number: 'X-1', run: null, lines: [{ description: 'Zahnräder' }] });
    expect((await ask('GET', '/api/companies?q=s%C3%B6hne')).body).toEqual({ items: ['Łódź & Söhne'] });
    expectProblem(await ask('POST', '/api/invoices', { number: 'X-1', invoice }), 'conflict', 'taken');
    expectProblem(await ask('POST', '/api/invoices', { number: 'PD-99999999', invoice }), 'conflict', 'PD-');
    const wrong = await ask('POST', '/api/invoices', { number: 'X-2', invoice: { ...invoice, net: '1.00' } });
    expectProblem(wrong, 'invalid_argument', /^\/invoice\/net 1\.00 is not/);
  });

  it('are not simulated elsewhere: the run waits', async () => {
    await post('start', { rate_per_s: 1, display_rate_per_s: 1 });
    await ask('PUT', '/api/environment', { name: 'dev' });
    expectProblem(await post('stop'), 'conflict', 'runs in demo; switch to it first');
    expect(await run()).toMatchObject({ state: 'running', note: expect.any(String) as string });
    expect((await stats()).count).toBe(0);
    await ask('PUT', '/api/environment', { name: 'demo' });
    expect((await post('stop')).status).toBe(200);
  });

  it('stand in the metrics', async () => {
    const text = await (await fetch(address('/metrics'))).text();
    expect(text).toMatch(/^pulsedesk_invoices_shown \d+$/m);
    expect(text).toMatch(/^pulsedesk_invoices_in_view\{env="demo",currency="[A-Z]{3}"\} \d+$/m);
  });
});
