/** An event as a tail lists it. */
export interface TailLine {
  id: string;
  source: string;
  type: string;
  user: string | null;
  value: number | null;
  /** ISO 8601. */
  occurred_at: string;
  received_at: string;
  body: unknown;
}

/** A body as it reads best: JSON over several lines; text that is no JSON value, such as one that was cut, as it is. */
export function bodyText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body, null, 2);
}
