import Activity from '@lucide/svelte/icons/activity';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import ChartCandlestick from '@lucide/svelte/icons/chart-candlestick';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import Settings from '@lucide/svelte/icons/settings';
import WalletCards from '@lucide/svelte/icons/wallet-cards';
import type { Route } from '../../state/route.ts';

/** A screen of the rail. */
export interface Place {
  title: string;
  path: string;
  /** The second key of its shortcut, after `g`. */
  key: string;
  icon: typeof Activity;
  /** Whether it is the place of a route: a portfolio's page belongs to Portfolios, a symbol's to Tickers, rejects to Analytics. */
  holds: (screen: Route['screen']) => boolean;
}

/** The screens of the rail, in its order. */
export const PLACES: readonly Place[] = [
  { title: 'Overview', path: '/', key: 'o', icon: LayoutDashboard, holds: (screen) => screen === 'overview' },
  {
    title: 'Portfolios',
    path: '/portfolios',
    key: 'p',
    icon: WalletCards,
    holds: (screen) => screen === 'portfolios' || screen === 'portfolio',
  },
  {
    title: 'Tickers',
    path: '/tickers',
    key: 't',
    icon: ChartCandlestick,
    holds: (screen) => screen === 'tickers' || screen === 'ticker',
  },
  {
    title: 'Invoices',
    path: '/invoices',
    key: 'i',
    icon: ReceiptText,
    holds: (screen) => screen === 'invoices',
  },
  {
    title: 'Activity',
    path: '/activity',
    key: 'a',
    icon: CalendarDays,
    holds: (screen) => screen === 'activity',
  },
  {
    title: 'Analytics',
    path: '/analytics',
    key: 'n',
    icon: ChartColumn,
    holds: (screen) => screen === 'analytics' || screen === 'rejects',
  },
  { title: 'System', path: '/system', key: 's', icon: Activity, holds: (screen) => screen === 'system' },
  {
    title: 'Settings',
    path: '/settings',
    key: ',',
    icon: Settings,
    holds: (screen) => screen === 'settings',
  },
];
