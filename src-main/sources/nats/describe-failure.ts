import {
  AuthorizationError,
  PermissionViolationError,
  TimeoutError,
  UserAuthenticationExpiredError,
} from '@nats-io/transport-node';
import { errorMessage } from '../../lib/error-message.ts';
import { networkFailure } from '../../lib/network-failure.ts';

/** What went wrong with a connection, in words for people; secrets hidden. */
export function describeFailure(error: unknown): string {
  if (error instanceof AuthorizationError) return `authorization failed: ${errorMessage(error)}`;
  if (error instanceof UserAuthenticationExpiredError) return `authorization expired: ${errorMessage(error)}`;
  if (error instanceof PermissionViolationError) return `not permitted: ${errorMessage(error)}`;
  if (error instanceof Error && error.cause instanceof PermissionViolationError)
    return describeFailure(error.cause);
  if (error instanceof TimeoutError) return 'the server does not answer';
  return networkFailure(error);
}
