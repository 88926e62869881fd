/** What is wrong with the store, in a word that a caller can act on. */
export type StoreFailureCode =
  /** No room: what arrived is not stored; making room heals it. */
  | 'disk_full'
  /** The disk or file system failed to read or write. */
  | 'io'
  /** The file is damaged; the next start sets it aside. */
  | 'corrupt'
  /** Another connection held the file for longer than anyone waits. */
  | 'busy'
  /** The store was stopped, or its thread died: ask again once it is back. */
  | 'closed'
  /** More calls are waiting than the store takes. */
  | 'overloaded'
  /** A batch came before the one that it follows: commit that one first. */
  | 'order'
  /** A limit of the format is used up, such as the number of stream incarnations. */
  | 'limit'
  /** Anything else: a defect. */
  | 'internal';

/** Why the store could not do what it was asked, in words; nothing of the call took effect. */
export class StoreFailure extends Error {
  readonly code: StoreFailureCode;

  constructor(code: StoreFailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreFailure';
    this.code = code;
  }
}
