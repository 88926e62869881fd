import { PLACES } from './places.ts';

/** How the key beside K is called on this machine. */
export const MOD_KEY = /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘' : 'Ctrl';

/** A line of the shortcut sheet. */
export interface Shortcut {
  keys: string[];
  joint: '+' | 'then' | 'or';
  does: string;
}

/** Every shortcut there is, in groups, as the sheet lists them. */
export const SHORTCUTS: readonly { title: string; items: readonly Shortcut[] }[] = [
  {
    title: 'Anywhere',
    items: [
      { keys: [MOD_KEY, 'K'], joint: '+', does: 'Search or run a command' },
      { keys: ['['], joint: '+', does: 'Narrow or widen the rail' },
      { keys: ['?'], joint: '+', does: 'Show this sheet' },
    ],
  },
  {
    title: 'Go to',
    items: PLACES.map(({ title, key }) => ({ keys: ['G', key.toUpperCase()], joint: 'then', does: title })),
  },
  {
    title: 'In a list',
    items: [
      { keys: ['↑', '↓', '←', '→'], joint: 'or', does: 'Move from cell to cell' },
      { keys: ['Enter'], joint: '+', does: 'Open the row, or sort by the column' },
      { keys: ['Space'], joint: '+', does: 'Select the row, which holds the list still' },
      { keys: ['Esc'], joint: '+', does: 'Let go of the selection' },
    ],
  },
  {
    title: 'In Invoices',
    items: [
      { keys: ['/'], joint: '+', does: 'Filter by text' },
      { keys: ['Enter'], joint: '+', does: 'Show the details of the row' },
      { keys: ['↑', '↓'], joint: 'or', does: 'In the details: the invoice before or after' },
      { keys: ['Shift', '↑'], joint: '+', does: 'Select several rows' },
      { keys: [MOD_KEY, 'A'], joint: '+', does: 'Select all rows' },
      { keys: [MOD_KEY, 'C'], joint: '+', does: 'Copy the selected rows as a table' },
    ],
  },
  {
    title: 'In a live tail',
    items: [
      { keys: ['↑', '↓'], joint: 'or', does: 'Move from event to event, which holds the list still' },
      { keys: ['Enter'], joint: '+', does: 'Show the event with its body' },
    ],
  },
  {
    title: 'In Rejects',
    items: [
      { keys: ['/'], joint: '+', does: 'Filter by text' },
      { keys: ['Enter'], joint: '+', does: 'Show the reject with its payload' },
      { keys: ['Space'], joint: '+', does: 'Choose the reject' },
      { keys: [MOD_KEY, 'A'], joint: '+', does: 'Choose all that are listed' },
      { keys: [MOD_KEY, 'Enter'], joint: '+', does: 'While editing: dry run' },
    ],
  },
  {
    title: 'In a watchlist',
    items: [
      { keys: ['Alt', '↑'], joint: '+', does: 'Move the symbol up' },
      { keys: ['Alt', '↓'], joint: '+', does: 'Move the symbol down' },
      { keys: ['Del'], joint: '+', does: 'Unsubscribe from the symbol' },
      { keys: ['Alt', '←'], joint: '+', does: 'On its tab: move the list left' },
      { keys: ['Alt', '→'], joint: '+', does: 'On its tab: move the list right' },
    ],
  },
];
