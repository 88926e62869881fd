import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import type { FeedStatus } from '../../../../src-contract/client.ts';
import type { FakeAnswers } from '../../../../src-contract/fake-client.ts';
import type { Quote, Watchlist } from '../../../../src-contract/ticker.ts';
import { setAppContext } from '../../../state/app-context.ts';
import { fakeApp } from '../../../state/fake-app.ts';
import { fakeBreaker, fakePolling, fakeQuote, fakeWatchlist } from '../../../state/fake-ticker.ts';
import Provided from '../../../ui/Provided.fixture.svelte';
import { setTimeContext } from '../../../ui/time-context.ts';
import TickersScreen from '../TickersScreen.svelte';

/** Lets answers arrive and be drawn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await tick();
}

/** Shows the screen over a fake client that has no lists yet: the first `push` brings them, at 10:00:00 UTC. */
export function openTickers(lists: Watchlist[], answers: FakeAnswers = {}) {
  const { client, app } = fakeApp({
    'symbols.suggest': () => ({ items: [] }),
    'watchlist.order': ({ id, symbols }) => fakeWatchlist([...symbols], { id }),
    'subscription.remove': () => ({ done: true }),
    ...answers,
  });
  const time = { now: Date.parse('2026-11-21T10:00:00.000Z'), zone: 'UTC' } as typeof app.time;
  render(Provided, {
    provide: () => {
      setAppContext({ ...app, time });
      setTimeContext(time);
    },
    component: TickersScreen,
    given: {},
  });
  let present = lists;
  const push = async (quotes: Quote[], status?: FeedStatus, next = present) => {
    present = next;
    client.push('quotes', { env: 'demo', watchlists: next }, quotes, status);
    await settled();
  };
  const sent = (name: string) => client.calls.filter((call) => call.name === name).map(({ args }) => args);
  return { client, app, push, sent };
}

/** Shows the screen with lists whose symbols have live, polled quotes, at 10:00:00 UTC. */
export async function showTickers(
  lists: Watchlist[] = [fakeWatchlist(['AAPL', 'MSFT', 'TSLA'])],
  answers: FakeAnswers = {},
) {
  const shown = openTickers(lists, answers);
  const { client, push } = shown;
  await push([...new Set(lists.flatMap(({ symbols }) => symbols))].map((symbol) => fakeQuote(symbol)));
  client.push('breaker', fakeBreaker(), []);
  client.push('polling', fakePolling(), []);
  await settled();
  return shown;
}

/** The rows of the grid, without its header. */
export const rows = () => screen.getAllByRole('row').slice(1);
/** The symbols in the order in which they are shown. */
export const symbols = () => rows().map((row) => within(row).queryByRole('link')?.textContent.trim());
/** What is in the row of a symbol. */
export const row = (symbol: string) => within(rows()[symbols().indexOf(symbol)] as HTMLElement);
/** Whether words were read out. */
export const said = (words: RegExp) =>
  screen.getAllByRole('status').some((status) => words.test(status.textContent));

/** Puts the focus on the first cell of a row. */
export async function focusRow(symbol: string): Promise<HTMLElement> {
  const cell = row(symbol).getAllByRole('gridcell')[0] as HTMLElement;
  cell.focus();
  await settled();
  return cell;
}

/** Presses Undo in the newest notice: those of other tests may still be there. */
export async function undo(): Promise<void> {
  await fireEvent.click(screen.getAllByRole('button', { name: 'Undo' })[0] as HTMLElement);
  await settled();
}
