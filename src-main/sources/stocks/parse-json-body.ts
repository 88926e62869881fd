import { MAX_BODY_DEPTH } from '../../../src-contract/event-bodies.ts';
import { bracketDepth } from '../../lib/bracket-depth.ts';
import { jsonErrorPosition } from '../../lib/json-error-position.ts';
import { StockApiError } from './stock-api-error.ts';

/**
 * Parses a body from `host`. Throws a StockApiError that names the byte at which it stops being JSON, or says that it is
 * nested deeper than {@link MAX_BODY_DEPTH} levels.
 */
export function parseJsonBody(body: Buffer, host: string): unknown {
  const text = body.toString('utf8');
  // The parser takes any depth; writing a rejected row down again does not, and would end the polling.
  if (bracketDepth(text) > MAX_BODY_DEPTH) {
    throw new StockApiError(`the answer of ${host} is nested deeper than ${MAX_BODY_DEPTH} levels`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const position = jsonErrorPosition(body);
    const where = position === null ? '' : ` at byte ${position} of ${body.length}`;
    throw new StockApiError(`the answer of ${host} is not JSON${where}`, { cause: error });
  }
}
