import type { Msg } from '@nats-io/transport-node';

/** Header that names the instance a message comes from. */
export const ORIGIN_HEADER = 'Pulse-Origin';

/** Whether this instance published the message itself; costs nothing for a message without headers. */
export function isOwn({ headers }: Pick<Msg, 'headers'>, instanceId: string): boolean {
  return headers !== undefined && headers.get(ORIGIN_HEADER) === instanceId;
}
