import type { Static, TObject, TSchema } from 'typebox';

/** Where a query or command stands in REST. Arguments come from the path, then the query string or the body. */
export interface HttpBinding {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with `:name` parameters, each named like an argument. */
  path: string;
  /** Headers of the answer that repeat one of its fields, which the body then leaves out: header to field. */
  headers?: Readonly<Record<string, string>>;
}

/** A channel that asks: it changes nothing. */
export interface QueryChannel<A extends TObject = TObject, R extends TSchema = TSchema> {
  kind: 'query';
  summary: string;
  args: A;
  result: R;
  http?: HttpBinding;
}

/** A channel that does: it changes state, and is written to the audit list. */
export interface CommandChannel<A extends TObject = TObject, R extends TSchema = TSchema> {
  kind: 'command';
  summary: string;
  args: A;
  result: R;
  http?: HttpBinding;
}

/**
 * A channel that keeps telling: a snapshot, then patches. Its state is a `head`, replaced whole, and `rows`, replaced or
 * removed one by one by the field named in `key`.
 */
export interface FeedChannel<
  P extends TObject = TObject,
  H extends TSchema = TSchema,
  W extends TSchema = TSchema,
> {
  kind: 'feed';
  summary: string;
  params: P;
  head: H;
  row: W;
  key: string;
}

/** Any entry of the channel table. */
export type Channel = QueryChannel | CommandChannel | FeedChannel;

/** Declares a query. */
export function query<A extends TObject, R extends TSchema>(
  spec: Omit<QueryChannel<A, R>, 'kind'>,
): QueryChannel<A, R> {
  return { kind: 'query', ...spec };
}

/** Declares a command. */
export function command<A extends TObject, R extends TSchema>(
  spec: Omit<CommandChannel<A, R>, 'kind'>,
): CommandChannel<A, R> {
  return { kind: 'command', ...spec };
}

/** Declares a feed. */
export function feed<P extends TObject, H extends TSchema, W extends TSchema>(
  spec: Omit<FeedChannel<P, H, W>, 'kind'>,
): FeedChannel<P, H, W> {
  return { kind: 'feed', ...spec };
}

/** Argument type of a query or command. */
export type ArgsOf<C> =
  C extends QueryChannel<infer A> ? Static<A> : C extends CommandChannel<infer A> ? Static<A> : never;

/** Answer type of a query or command. */
export type ResultOf<C> =
  C extends QueryChannel<TObject, infer R>
    ? Static<R>
    : C extends CommandChannel<TObject, infer R>
      ? Static<R>
      : never;

/** Parameter type of a feed. */
export type ParamsOf<C> = C extends FeedChannel<infer P> ? Static<P> : never;

/** Type of a feed's head. */
export type HeadOf<C> = C extends FeedChannel<TObject, infer H> ? Static<H> : never;

/** Type of a feed's rows. */
export type RowOf<C> = C extends FeedChannel<TObject, TSchema, infer W> ? Static<W> : never;
