import type { ContractClient } from '../../../src-contract/client.ts';
import { MAX_IMPORT_PART } from '../../../src-contract/frames.ts';
import type { ImportReport } from '../../../src-contract/invoice.ts';
import { wordsOf } from '../../ui/words-of.ts';

/** The largest file that is taken, in bytes. */
export const MAX_IMPORT_BYTES = 64 * 1024 * 1024;
/** Bytes read at once: at most as many characters, which is what one part may hold. */
const PART_BYTES = MAX_IMPORT_PART;

/** Where an import stands. */
export type ImportStep =
  | { step: 'choosing'; complaint: string | null }
  | { step: 'sending'; name: string; sent: number; size: number }
  | { step: 'checking'; name: string }
  | { step: 'checked'; name: string; report: ImportReport }
  | { step: 'applying'; name: string; report: ImportReport }
  | { step: 'applied'; name: string; report: ImportReport };

/** One import after the other: a file is sent in parts, looked at, and stored when that is wanted. */
export class InvoiceImport {
  readonly #client: Pick<ContractClient, 'call'>;
  #step = $state.raw<ImportStep>({ step: 'choosing', complaint: null });
  /** The import that the engine holds open. */
  #id: string | null = null;
  /** Rises when what is under way is given up. */
  #turn = 0;

  constructor(client: Pick<ContractClient, 'call'>) {
    this.#client = client;
  }

  get step(): ImportStep {
    return this.#step;
  }

  /** Sends a file and has it checked; nothing is changed by that. */
  async check(file: File): Promise<void> {
    await this.drop();
    const complaint = complaintOf(file);
    if (complaint !== null) {
      this.#step = { step: 'choosing', complaint };
      return;
    }
    const turn = ++this.#turn;
    try {
      await this.#send(file, turn);
      if (turn !== this.#turn || this.#id === null) return;
      this.#step = { step: 'checking', name: file.name };
      const report = await this.#client.call('import.check', { id: this.#id });
      if (turn === this.#turn) this.#step = { step: 'checked', name: file.name, report };
    } catch (error) {
      if (turn === this.#turn) await this.#fail(error);
    }
  }

  /** Stores the new invoices of the file that was checked. */
  async apply(): Promise<void> {
    const checked = this.#step;
    const turn = this.#turn;
    if (checked.step !== 'checked' || this.#id === null) return;
    const { name } = checked;
    this.#step = { step: 'applying', name, report: checked.report };
    try {
      const report = await this.#client.call('import.apply', { id: this.#id });
      if (turn !== this.#turn) return;
      await this.drop();
      this.#step = { step: 'applied', name, report };
    } catch (error) {
      if (turn === this.#turn) await this.#fail(error);
    }
  }

  /** Gives up what is under way and lets another file be chosen. */
  async drop(): Promise<void> {
    this.#turn++;
    const id = this.#id;
    this.#id = null;
    this.#step = { step: 'choosing', complaint: null };
    if (id === null) return;
    // An import that cannot be ended now ends by itself when it is left alone.
    await this.#client.call('import.drop', { id }).catch(() => undefined);
  }

  async #send(file: File, turn: number): Promise<void> {
    const { name, size } = file;
    this.#step = { step: 'sending', name, sent: 0, size };
    const { id } = await this.#client.call('import.begin', { name: name.slice(-255) });
    if (turn !== this.#turn) {
      await this.#client.call('import.drop', { id });
      return;
    }
    this.#id = id;
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    for (let start = 0; start < size; start += PART_BYTES) {
      const bytes = await file.slice(start, start + PART_BYTES).arrayBuffer();
      const text = decoded(decoder, bytes, start + PART_BYTES < size);
      if (turn !== this.#turn) return;
      await this.#client.call('import.part', { id, text });
      if (turn !== this.#turn) return;
      this.#step = { step: 'sending', name, sent: Math.min(size, start + PART_BYTES), size };
    }
  }

  async #fail(error: unknown): Promise<void> {
    await this.drop();
    this.#step = { step: 'choosing', complaint: wordsOf(error) };
  }
}

function complaintOf({ name, size }: File): string | null {
  if (size === 0) return `${name} is empty.`;
  if (size <= MAX_IMPORT_BYTES) return null;
  return `${name} has ${Math.ceil(size / 1024 / 1024).toLocaleString('en-US')} MiB; at most 64 MiB can be imported at once.`;
}

function decoded(decoder: TextDecoder, bytes: ArrayBuffer, stream: boolean): string {
  try {
    return decoder.decode(bytes, { stream });
  } catch (error) {
    throw new Error('The file is not UTF-8 text: save it as “CSV UTF-8” and choose it again.', {
      cause: error,
    });
  }
}
