/** The database was written by a newer version of the app. It is left as it is. */
export class FutureDatabaseError extends Error {
  readonly code = 'future_database';

  constructor(message: string) {
    super(message);
    this.name = 'FutureDatabaseError';
  }

  /** Names the file, its schema version, and the newest one this version of the app knows. */
  static of(file: string, found: number, known: number): FutureDatabaseError {
    return new FutureDatabaseError(
      `${file} has schema version ${found}, and this version of the app knows versions up to ${known}: ` +
        'start a newer version, or choose another data folder',
    );
  }
}
