import { describe, expect, it } from 'vitest';
import { ValueHistory } from './value-history.svelte.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const minute = (clock: string, value: string) => ({
  at: `2026-11-21T${clock}:00.000Z`,
  value: usd(value),
  cost: usd('90.00'),
});
const at = (clock: string) => Date.parse(`2026-11-21T${clock}.000Z`);
const read = (history: ValueHistory) =>
  history.value.map((point) => `${new Date(point.at).toISOString().slice(11, 16)} ${point.value}`);

async function loaded(): Promise<ValueHistory> {
  const history = new ValueHistory(async () => ({
    items: [minute('12:00', '100.00'), minute('12:01', '101.00')],
  }));
  await history.load();
  return history;
}

describe('ValueHistory', () => {
  it('replaces the open minute and begins the next one', async () => {
    const history = await loaded();
    const first = history.value[0];
    history.live(at('12:01:40'), usd('102.00'), usd('90.00'));
    history.live(at('12:02:01'), usd('103.00'), usd('90.00'));
    expect(read(history)).toEqual(['12:00 100', '12:01 102', '12:02 103']);
    expect(history.value[0]).toBe(first);
  });

  it('keeps the same list when nothing changed, so that nothing is drawn', async () => {
    const history = await loaded();
    history.live(at('12:01:40'), usd('102.00'), usd('90.00'));
    const { value } = history;
    history.live(at('12:01:41'), usd('102.00'), usd('90.00'));
    expect(history.value).toBe(value);
  });

  it('keeps what became true while the history was on its way', async () => {
    const history = new ValueHistory(async () => ({ items: [minute('12:00', '100.00')] }));
    const loading = history.load();
    history.live(at('12:01:10'), usd('101.00'), usd('90.00'));
    await loading;
    expect(read(history)).toEqual(['12:00 100', '12:01 101']);
  });

  it('never goes back in time', async () => {
    const history = await loaded();
    history.live(at('11:59:00'), usd('1.00'), usd('1.00'));
    expect(read(history)).toEqual(['12:00 100', '12:01 101']);
  });

  it('drops an answer that a later one has overtaken', async () => {
    const answers: ((value: { items: ReturnType<typeof minute>[] }) => void)[] = [];
    const history = new ValueHistory(() => new Promise((resolve) => answers.push(resolve)));
    const loads = [history.load(), history.load()];
    answers[1]?.({ items: [minute('13:00', '5.00')] });
    answers[0]?.({ items: [minute('09:00', '1.00')] });
    await Promise.all(loads);
    expect(read(history)).toEqual(['13:00 5']);
  });

  it('keeps what is shown when loading it again fails', async () => {
    let fails = false;
    const history = new ValueHistory(async () => {
      if (fails) throw new Error('the reader is restarting');
      return { items: [minute('12:00', '100.00')] };
    });
    await history.load();
    fails = true;
    await history.load();
    expect([history.state, read(history)]).toEqual(['ready', ['12:00 100']]);
  });
});
