/** What the process exits with; part of the outside interface. */
export const EXIT = {
  /** Stopped as asked. */
  ok: 0,
  /** Could not start or stop: the port is taken, a part failed. */
  failed: 1,
  /** An option or variable cannot be used. */
  badOption: 2,
  /** Another instance works in the data folder. */
  folderInUse: 3,
  /** The database was written by a newer version. */
  futureDatabase: 4,
} as const;

/** An exit code of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** By the class's name, because an error of the engine's thread arrives as its name and message. */
const BY_NAME: Readonly<Record<string, ExitCode>> = {
  OptionError: EXIT.badOption,
  DataFolderLockedError: EXIT.folderInUse,
  FutureDatabaseError: EXIT.futureDatabase,
};

/** The exit code for what kept the app from starting. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof Error)) return EXIT.failed;
  const name = 'reason' in error ? String(error.reason) : error.name;
  return Object.hasOwn(BY_NAME, name) ? (BY_NAME[name] ?? EXIT.failed) : EXIT.failed;
}
