import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NAVIGATE_EVENT, Router } from './router.svelte.ts';

let stop: () => void;
let router: Router;

beforeEach(() => {
  history.replaceState(null, '', '/');
  router = new Router();
  stop = router.start();
});

afterEach(() => {
  stop();
  document.body.replaceChildren();
});

function link(href: string, attributes: Record<string, string> = {}): HTMLAnchorElement {
  const anchor = document.createElement('a');
  anchor.href = href;
  for (const [name, value] of Object.entries(attributes)) anchor.setAttribute(name, value);
  document.body.append(anchor);
  return anchor;
}

describe('Router', () => {
  it('shows the screen of the address it starts with', () => {
    history.replaceState(null, '', '/portfolios/growth-one');
    expect(new Router().route).toEqual({ screen: 'portfolio', slug: 'growth-one' });
  });

  it('keeps how a screen is looked at in the address, without a step for the back button', () => {
    router.go('/tickers/AAPL?interval=1h');
    expect(router.query).toBe('?interval=1h');
    const steps = history.length;
    router.setQuery('?interval=1d');
    expect([location.pathname + location.search, router.query, history.length]).toEqual([
      '/tickers/AAPL?interval=1d',
      '?interval=1d',
      steps,
    ]);
  });

  it('makes a step for the back button of a query that is pushed, once', () => {
    router.go('/invoices');
    const steps = history.length;
    router.pushQuery('?state=paid');
    router.pushQuery('?state=paid');
    expect([location.search, router.query, history.length]).toEqual([
      '?state=paid',
      '?state=paid',
      steps + 1,
    ]);
  });

  it('opens something on the screen that is shown as a step that the back button undoes, where it is scrolled to', async () => {
    router.go('/analytics/rejects?q=value');
    await tick();
    const element = document.createElement('div');
    router.scroller(element);
    element.scrollTop = 120;
    const steps = history.length;
    router.open('/analytics/rejects/7?q=value');
    router.open('/analytics/rejects/7?q=value');
    expect([router.route, router.query, history.length]).toEqual([
      { screen: 'rejects', id: 7 },
      '?q=value',
      steps + 1,
    ]);
    expect(element.scrollTop).toBe(120);
  });

  it('follows links of the app without loading a page', () => {
    const press = new MouseEvent('click', { bubbles: true, cancelable: true });
    link('/system').dispatchEvent(press);
    expect(press.defaultPrevented).toBe(true);
    expect(location.pathname).toBe('/system');
    expect(router.route).toEqual({ screen: 'system' });
  });

  it.each([
    ['with a modifier', '/system', {}, { ctrlKey: true }],
    ['to another window', '/system', { target: '_blank' }, {}],
    ['that download', '/system', { download: '' }, {}],
    ['to other sites', 'https://example.com/system', {}, {}],
  ])('leaves links %s to the browser', (_what, href, attributes, modifiers) => {
    const press = new MouseEvent('click', { bubbles: true, cancelable: true, ...modifiers });
    let taken = true;
    window.addEventListener(
      'click',
      (event) => {
        taken = event.defaultPrevented;
        event.preventDefault();
      },
      { once: true },
    );
    link(href, attributes).dispatchEvent(press);
    expect(taken).toBe(false);
    expect(router.path).toBe('/');
  });

  it('goes where a deep link says', () => {
    window.dispatchEvent(new CustomEvent(NAVIGATE_EVENT, { detail: '/portfolios/growth-one' }));
    expect(router.route).toEqual({ screen: 'portfolio', slug: 'growth-one' });
  });

  it('shows the address that the back button leads to', async () => {
    router.go('/settings');
    history.replaceState(null, '', '/system');
    window.dispatchEvent(new PopStateEvent('popstate'));
    await tick();
    expect(router.route).toEqual({ screen: 'system' });
  });

  it('keeps the scroll position of an entry and begins a new one at the top', async () => {
    const scroller = document.createElement('div');
    const detach = router.scroller(scroller);
    scroller.scrollTop = 300;
    router.go('/system');
    await tick();
    expect(scroller.scrollTop).toBe(0);
    history.replaceState({ scroll: 300 }, '', '/');
    window.dispatchEvent(new PopStateEvent('popstate'));
    await tick();
    expect(scroller.scrollTop).toBe(300);
    detach();
  });

  it('listens no more once stopped', () => {
    stop();
    window.dispatchEvent(new CustomEvent(NAVIGATE_EVENT, { detail: '/system' }));
    expect(router.path).toBe('/');
  });
});
