import Type, { type Static } from 'typebox';
import { Timestamp } from './timestamp.ts';

const choice = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.Enum([...values]));

/** At most this many jobs run at once; one more is refused as too_many. */
export const MAX_RUNNING_JOBS = 4;
/** The newest this many ended jobs are listed; the file of one that leaves the list is deleted. */
export const MAX_ENDED_JOBS = 20;

/** Formats that a set of rows can be exported in. */
export const EXPORT_FORMATS = ['csv', 'parquet', 'json'] as const;
export const ExportFormat = choice(EXPORT_FORMATS);
export type ExportFormat = Static<typeof ExportFormat>;

/** Long work of the engine: it shows its progress, can be cancelled and ends with a result or a reason. */
export const Job = Type.Object({
  id: Type.String(),
  kind: choice(['export', 'import']),
  title: Type.String({
    description: 'What is done, in words',
    examples: ['Export of 12,345 invoices as CSV'],
  }),
  state: choice(['running', 'done', 'cancelled', 'failed']),
  done: Type.Integer({ description: 'Rows so far' }),
  total: Type.Union([Type.Integer(), Type.Null()]),
  started_at: Timestamp,
  ended_at: Type.Union([Timestamp, Type.Null()]),
  error: Type.Union([Type.String(), Type.Null()]),
  file: Type.Union(
    [
      Type.Object({
        name: Type.String(),
        bytes: Type.Integer(),
        url: Type.String({
          description: 'Where it can be had while the job is listed',
          examples: ['/api/jobs/7/file'],
        }),
      }),
      Type.Null(),
    ],
    { description: 'What an export made' },
  ),
});
export type Job = Static<typeof Job>;
