/** An option or variable that cannot be used; the message names it and says what it takes. The entry exits with 2. */
export class OptionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OptionError';
  }
}
