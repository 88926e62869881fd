import type { EVENT_CHANNELS } from '../../../src-contract/event-channels.ts';
import type { Handlers } from '../../router/handlers.ts';
import type { EngineParts } from '../engine-parts.ts';
import { rejectHandlers } from '../rejects/reject-handlers.ts';
import { tryBody } from '../rejects/try-body.ts';
import { activityHandlers } from './activity-handlers.ts';
import { analyticsHandlers } from './analytics-handlers.ts';

/** Handlers of all queries and commands about activity, analytics and what the pipeline rejected. */
export function eventHandlers(
  parts: EngineParts,
): Pick<Handlers, keyof Handlers & keyof typeof EVENT_CHANNELS> {
  const { store, clock } = parts.with;
  const read = (env: string | undefined) => parts.environments.read(env);
  return {
    ...activityHandlers({ read, reader: store.screens, clock }),
    ...analyticsHandlers({ read, reader: store.screens, clock }),
    ...rejectHandlers({
      active: () => parts.active,
      reader: store.screens,
      writer: store.writer,
      check: tryBody(clock, () => parts.currency.name),
    }),
  };
}
