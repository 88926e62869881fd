/** A list was asked to go on after something that is no cursor of that list. */
export class CursorError extends Error {
  readonly code = 'invalid_cursor';

  constructor(message: string) {
    super(message);
    this.name = 'CursorError';
  }
}
