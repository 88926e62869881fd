import type { ListenOptions } from '../options/host-options.ts';

/** The host cannot listen where it was told to; the message names the port and what to do. */
export class ListenError extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'ListenError';
  }
}

/** Puts what `listen` failed with into words. */
export function listenError(error: unknown, { host, port }: ListenOptions): ListenError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const where = `port ${port} of ${host}`;
  switch (code) {
    case 'EADDRINUSE':
      return new ListenError(
        `${where} is in use by another program: stop it, or choose another with --port`,
        error,
      );
    case 'EACCES':
      return new ListenError(
        `${where} needs rights this user does not have: choose one above 1023 with --port`,
        error,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ListenError(`${host} is not an address of this machine: choose another with --host`, error);
    default:
      return new ListenError(`cannot listen on ${where}: ${String(error)}`, error);
  }
}
