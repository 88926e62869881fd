import Type, { type Static, type TSchema } from 'typebox';
import { ActivityBody, AnalyticsBody, MAX_PACKED_EVENTS } from '../../../src-contract/event-bodies.ts';
import type { IntakeRequest } from '../../../src-contract/intake.ts';
import { Problem } from '../problem.ts';

/** What a request that brought events is answered: how many were taken, and why others of its array were not. */
export const IntakeReceipt = Type.Object({
  accepted: Type.Integer({ minimum: 0, description: 'Events that are stored, durably' }),
  repeated: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: 'Those among them whose id was known already; left out if none',
    }),
  ),
  rejected: Type.Array(Type.Object({ index: Type.Integer({ minimum: 0 }), reason: Type.String() }), {
    description: 'Elements of the array that are no valid events; they are listed in rejects',
  }),
});
export type IntakeReceipt = Static<typeof IntakeReceipt>;

/** Where the events of a family are posted, and how that address is documented. */
export interface IntakeAddress {
  readonly family: IntakeRequest['family'];
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly event: TSchema;
  readonly examples: readonly object[];
}

/** The addresses that take events. */
export const INTAKE_ADDRESSES: readonly IntakeAddress[] = [
  {
    family: 'activity.recorded',
    path: '/api/activity',
    operationId: 'intake.activity',
    summary: 'Takes activity of a team: one event or an array',
    event: ActivityBody,
    examples: [{ user: 'user@example.com', type: 'task_created' }],
  },
  {
    family: 'analytics.event',
    path: '/api/events',
    operationId: 'intake.events',
    summary: 'Takes analytics events: one event or an array',
    event: AnalyticsBody,
    examples: [
      { type: 'page_view', user_id: 'user_123', page: '/products', value: 1 },
      [{ type: 'purchase', product_id: 'p-1', value: 12.5, id: 'order-1' }, { type: 'conversion' }],
    ],
  },
];

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});

/** The schema that documents an address; its body is not checked against it in the host, but event by event further on. */
export function intakeSchema({ event, examples, operationId, summary }: IntakeAddress, bodyBytes: number) {
  const most = MAX_PACKED_EVENTS.toLocaleString('en');
  return {
    summary: `${summary} of up to ${most}, at most ${bodyBytes / 2 ** 20} MiB; answered when they are durable`,
    operationId,
    querystring: Type.Object({}, { additionalProperties: false }),
    body: Type.Union([event, Type.Array(event, { minItems: 1, maxItems: MAX_PACKED_EVENTS })], {
      description: 'One event, or an array. An event with an id is stored once, however often it is sent.',
      examples: [...examples],
    }),
    response: {
      202: {
        description: 'What was taken is stored; events of an array that are not valid are listed',
        content: { 'application/json': { schema: IntakeReceipt } },
      },
      400: problem('Not JSON (with the position), or one event alone that is not valid (with the field)'),
      413: problem('The body, or the array, is too large'),
      429: {
        ...problem('No room now: nothing was taken, send it again after Retry-After'),
        headers: { 'retry-after': { type: 'integer', minimum: 1, description: 'Seconds' } },
      },
      '4xx': problem('What was wrong, and what is accepted'),
      '5xx': problem('The engine or its database is away: send it again'),
    },
  };
}
