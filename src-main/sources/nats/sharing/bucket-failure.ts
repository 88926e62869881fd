import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import { describeFailure } from '../describe-failure.ts';
import { isNotPermitted, isWithoutJetStream } from '../stream-list.ts';
import { PublishDeniedError } from './price-publisher.ts';
import { POLLING_BUCKET, UnfitBucketError } from './polling-bucket.ts';

/** Whether the bucket was deleted with all that was in it, or JetStream is not there any more. */
export function isBucketGone(error: unknown): boolean {
  const notFound = error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;
  return notFound || (isWithoutJetStream(error) && !isNotPermitted(error));
}

/**
 * Whether instances cannot agree on who polls until somebody changes the server. One that loses JetStream after the bucket
 * was open is about to end.
 */
export function isLasting(error: unknown, wasOpen: boolean): boolean {
  if (isNotPermitted(error) || error instanceof UnfitBucketError) return true;
  return isWithoutJetStream(error) && !wasOpen;
}

/** Why instances cannot agree on who polls, in words. */
export function describeBucketFailure(error: unknown): string {
  if (error instanceof UnfitBucketError || error instanceof PublishDeniedError) return error.message;
  if (isNotPermitted(error)) return `bucket ${POLLING_BUCKET} cannot be used: ${describeFailure(error)}`;
  if (isWithoutJetStream(error)) return `bucket ${POLLING_BUCKET} needs JetStream, which NATS does not offer`;
  return describeFailure(error);
}
