import type { Clock } from '../../lib/clock.ts';
import { checkEvent } from '../../pipeline/check-event.ts';
import { FAMILY_RULES } from '../../pipeline/event-families.ts';
import type { StoredReject } from '../../store/port.ts';

/** Says why a body would be refused in a reject's stead, null when it would pass. */
export type CheckBody = (reject: StoredReject, body: Uint8Array) => string | null;

/** The checks of the intake, of which nothing is stored or counted. */
export function tryBody(clock: Pick<Clock, 'now'>, baseCurrency: () => string): CheckBody {
  return ({ subject, received_at: receivedAt }, body) => {
    const rule = FAMILY_RULES.get(subject);
    if (rule === undefined) return `${subject} is no subject that is remembered`;
    const bytes = Buffer.from(body);
    const published = Date.parse(receivedAt);
    const checked = checkEvent(rule, bytes, 0, bytes.length, published, clock.now(), baseCurrency);
    return checked.ok ? null : checked.reason;
  };
}
