import { cleanup, fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FakeAnswers } from '../../../../src-contract/fake-client.ts';
import { fakeReject, fakeRejectDetail, fakeReport } from '../../../state/fake-analytics.ts';
import { settled, showRejects } from '../testing/show-analytics.svelte.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const ANSWERS: FakeAnswers = {
  'rejects.list': () => ({ items: [3, 2, 1].map((id) => fakeReject(id)), next_cursor: null }),
  'reject.get': ({ id }) => fakeRejectDetail(id),
};
const drawer = (id = 2) => within(screen.getByRole('dialog', { name: `Rejected event ${id}` }));
const body = () => drawer().getByLabelText<HTMLTextAreaElement>('Body');
const press = async (name: string | RegExp) => {
  await fireEvent.click(drawer().getByRole('button', { name }));
  await settled();
};
const type = (text: string) => fireEvent.input(body(), { target: { value: text } });
const open = (answers: FakeAnswers = {}) =>
  showRejects({ ...ANSWERS, ...answers }, 3, '/analytics/rejects/2');

describe('the details of a reject', () => {
  it('show why it was refused, where it came from, and its whole body', async () => {
    await open({ 'reject.get': ({ id }) => fakeRejectDetail(id, { attempts: 2, body: '{"whole":true}' }) });
    const words = screen.getByRole('dialog').textContent.replaceAll(/\s+/g, ' ');
    for (const part of [
      'value must be a number (2)',
      'demo.analytics.event',
      'http, demo',
      'refused again 2 ×',
    ]) {
      expect(words).toContain(part);
    }
    expect(body().value).toBe('{"whole":true}');
  });

  it('have an address of their own, as those before and after', async () => {
    const { app, give } = await showRejects(ANSWERS, 3);
    await fireEvent.click(screen.getByText(/value must be a number \(2\)/));
    expect(location.pathname).toBe('/analytics/rejects/2');
    await give({ id: 2 });
    await fireEvent.keyDown(screen.getByRole('dialog'), { key: 'ArrowDown' });
    expect(app.router.route).toEqual({ screen: 'rejects', id: 1 });
    await give({ id: 1 });
    expect(drawer(1).getByText(/value must be a number \(1\)/)).toBeTruthy();
    await fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    expect(location.pathname).toBe('/analytics/rejects');
  });

  it('wait for the first connection, and stay when it breaks and heals', async () => {
    const { client, give } = await showRejects(ANSWERS, 3);
    client.setLink({ state: 'connecting', since: 0, reason: 'connecting', retryAt: null });
    await give({ id: 2 });
    expect(client.calls.filter(({ name }) => name === 'reject.get')).toEqual([]);
    expect(drawer().getByText('Loading')).toBeTruthy();
    const live = { state: 'live', version: '0.0.0', env: 'demo' } as const;
    client.setLink(live);
    await settled();
    await type('{"half":');
    client.setLink({ state: 'connecting', since: 0, reason: 'closed', retryAt: null });
    await settled();
    client.setLink(live);
    await settled();
    expect(body().value).toBe('{"half":');
  });

  it('say why they cannot be shown', async () => {
    await open({
      'reject.get': () => {
        throw new Error('reject 2 is not there');
      },
    });
    expect(drawer().getByRole('alert').textContent).toContain('reject 2 is not there');
  });
});

describe('editing a reject', () => {
  it('names the place of a mistake while it is typed, and neither tries nor redrives it', async () => {
    await open();
    await type('{\n  "value": 1,,\n}');
    expect(drawer().getByRole('alert').textContent).toBe(
      'Line 2, column 14: a name in double quotes is expected',
    );
    for (const name of ['Dry run', 'Redrive as edited']) {
      expect(drawer().getByRole('button', { name }).hasAttribute('disabled'), name).toBe(true);
    }
    await press('Go to the mistake');
    expect([body().selectionStart, document.activeElement]).toEqual([15, body()]);
    await press('Undo the edit');
    expect(drawer().queryByRole('alert')).toBeNull();
  });

  it('tells what a dry run came to, until the text is another', async () => {
    const { sent } = await open({ 'reject.redrive': ({ id }) => fakeReport([id], [id], true) });
    await type('{"value":"x"}');
    await press('Dry run');
    expect(sent('reject.redrive')).toEqual([{ id: 2, dry_run: true, body: '{"value":"x"}' }]);
    expect(drawer().getByRole('status').textContent).toContain('It would be refused again: value must be');
    await type('{"value":2}');
    expect(drawer().getByRole('status').textContent.trim()).toBe('');
  });

  it('is tried by Ctrl and Enter', async () => {
    const { sent } = await open({ 'reject.redrive': ({ id }) => fakeReport([id], [], true) });
    await fireEvent.keyDown(body(), { key: 'Enter', ctrlKey: true });
    await settled();
    expect(sent('reject.redrive')).toEqual([{ id: 2, dry_run: true }]);
    expect(drawer().getByRole('status').textContent).toContain('It passes: it would be stored.');
  });

  it('redrives what was edited once, and shows what became of the reject', async () => {
    let redriven: string | null = null;
    const { sent } = await open({
      'reject.get': ({ id }) => fakeRejectDetail(id, { redriven_at: redriven }),
      'reject.redrive': ({ id }) => {
        redriven = '2026-11-21T10:00:05.000Z';
        return fakeReport([id]);
      },
    });
    await type('{"type":"purchase","value":2}');
    drawer().getByRole('button', { name: 'Redrive as edited' }).focus();
    await press('Redrive as edited');
    expect(sent('reject.redrive')).toEqual([
      { id: 2, dry_run: false, body: '{"type":"purchase","value":2}' },
    ]);
    expect(screen.getByRole('dialog').textContent).toContain('counted once');
    expect(document.activeElement).toBe(screen.getByRole('dialog'));
    expect(sent('rejects.list')).toHaveLength(2);
  });

  it('keeps what was typed when it is refused again', async () => {
    await open({ 'reject.redrive': ({ id }) => fakeReport([id], [id]) });
    await type('{"value":"y"}');
    await press('Redrive as edited');
    expect(body().value).toBe('{"value":"y"}');
    expect(drawer().getByRole('status').textContent).toContain('It was refused again');
  });

  it('demands the rest of a body of which only the beginning was kept', async () => {
    await open({ 'reject.get': ({ id }) => fakeRejectDetail(id, { editable: false, body: '{"value":1}' }) });
    expect(drawer().getByText(/Only the beginning was kept/)).toBeTruthy();
    expect(drawer().getByRole('button', { name: 'Redrive' }).hasAttribute('disabled')).toBe(true);
    await type('{"value":1,"page":"/"}');
    expect(drawer().getByRole('button', { name: 'Redrive as edited' }).hasAttribute('disabled')).toBe(false);
  });
});
