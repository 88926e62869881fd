import Type, { type Static } from 'typebox';
import { Reject } from './system.ts';

/** At most this many rejects are redriven by one call. */
export const MAX_REDRIVE = 1000;

/** A reject with its whole kept payload. */
export const RejectDetail = Type.Object({
  ...Reject.properties,
  body: Type.String({ description: 'The kept payload, bytes that are not UTF-8 as \\xNN' }),
  editable: Type.Boolean({ description: 'False where the payload was too large to be kept whole' }),
});
export type RejectDetail = Static<typeof RejectDetail>;

/** What became of one reject: stored, known already, or refused again and why. Of a dry run: what would become of it. */
export const RedriveOutcome = Type.Object({
  id: Type.Integer(),
  outcome: Type.Unsafe<'stored' | 'repeated' | 'refused'>(Type.Enum(['stored', 'repeated', 'refused'])),
  reason: Type.Union([Type.String(), Type.Null()]),
});
export type RedriveOutcome = Static<typeof RedriveOutcome>;

/** What came of a redrive, or would come of it. */
export const RedriveReport = Type.Object({
  dry_run: Type.Boolean(),
  stored: Type.Integer(),
  repeated: Type.Integer(),
  refused: Type.Integer(),
  outcomes: Type.Array(RedriveOutcome, { maxItems: MAX_REDRIVE }),
});
export type RedriveReport = Static<typeof RedriveReport>;
