/**
 * The one pair of IPC channels between a desktop window and its host. Each message is `(text, visit)`: JSON text of
 * frames.ts, and the page load it belongs to. An empty text from a page says that it is there and listening.
 */
export const DESKTOP_CHANNELS = { toEngine: 'pulse:to-engine', toPage: 'pulse:to-page' } as const;
