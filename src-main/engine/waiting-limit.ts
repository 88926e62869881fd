/** Messages of one stream that may be offered and not yet committed. */
export const WAITING_LIMIT = 8000;
