import { CursorError } from './cursor-error.ts';
import { FutureDatabaseError } from './future-database-error.ts';
import { StoreFailure, type StoreFailureCode } from './store-failure.ts';

/** An error as it crosses between threads: a structured clone keeps neither its class nor its code. */
export interface ErrorData {
  name: string;
  message: string;
  code: string | null;
  stack: string | null;
}

/** Turns whatever was thrown into data. */
export function errorData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: null, stack: null };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { name: error.name, message: error.message, code, stack: error.stack ?? null };
}

/** The error again, of the class that callers tell apart. */
export function errorOf(data: ErrorData): Error {
  const error = classOf(data);
  if (data.stack !== null) error.stack = data.stack;
  return error;
}

function classOf({ name, message, code }: ErrorData): Error {
  switch (name) {
    case 'StoreFailure':
      return new StoreFailure(code as StoreFailureCode, message);
    case 'FutureDatabaseError':
      return new FutureDatabaseError(message);
    case 'CursorError':
      return new CursorError(message);
    case 'RangeError':
      return new RangeError(message);
    default:
      return new Error(message);
  }
}
