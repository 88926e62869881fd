import Type, { type TSchema } from 'typebox';
import { EnvironmentName } from './environment.ts';

/** Arguments of every list: how many items, and where the page before ended. */
export const page = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  cursor: Type.Optional(Type.String({ maxLength: 256, description: 'next_cursor of the page before' })),
};

/** The environment to read; the active one when left out. */
export const env = { env: Type.Optional(EnvironmentName) };

/** Answer of every list: a page of items and, while there are more, the cursor of the next page. */
export const pageOf = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    next_cursor: Type.Union([Type.String(), Type.Null()]),
  });

/** A page of items. */
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}
