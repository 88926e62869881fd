import { jsonErrorPosition } from '../../lib/json-error-position.ts';
import { StockApiError } from './stock-api-error.ts';

/** Parses a body from `host`. Throws a StockApiError that names the byte at which it stops being JSON. */
export function parseJsonBody(body: Buffer, host: string): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch (error) {
    const position = jsonErrorPosition(body);
    const where = position === null ? '' : ` at byte ${position} of ${body.length}`;
    throw new StockApiError(`the answer of ${host} is not JSON${where}`, { cause: error });
  }
}
