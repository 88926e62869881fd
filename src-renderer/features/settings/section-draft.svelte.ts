import type { ContractClient } from '../../../src-contract/client.ts';
import { ContractError } from '../../../src-contract/result.ts';
import type { Settings, SettingsPatch } from '../../../src-contract/settings.ts';
import type { FeedStore } from '../../state/feed-store.svelte.ts';

/** The parts of the settings that are edited as a form. */
export type Section = 'nats' | 'stocks' | 'local_api' | 'retention' | 'invoices' | 'pipeline';
/** What can be changed in a part. */
export type SectionPatch<S extends Section> = NonNullable<SettingsPatch[S]>;

/** Settings are plain values, or lists and objects of them. */
function isSame(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}

/** The form of one part of the settings: edits on top of what is saved, until they are saved or dropped. */
export class SectionDraft<S extends Section> {
  #edits = $state.raw<SectionPatch<S>>({});
  #busy = $state(false);
  #failure = $state.raw<ContractError | null>(null);
  /** What was saved here, until the settings that were known then (`over`) are replaced by newer ones. */
  #ahead = $state.raw<{ over: Settings | null; settings: Settings } | null>(null);
  readonly #client: Pick<ContractClient, 'call'>;
  readonly #store: Pick<FeedStore<'settings'>, 'head'>;
  readonly #section: S;

  constructor(client: Pick<ContractClient, 'call'>, store: Pick<FeedStore<'settings'>, 'head'>, section: S) {
    this.#client = client;
    this.#store = store;
    this.#section = section;
  }

  /** What is saved; null before the settings are there. */
  get saved(): Settings[S] | null {
    const head = this.#store.head;
    const settings = this.#ahead !== null && this.#ahead.over === head ? this.#ahead.settings : head;
    return settings?.[this.#section] ?? null;
  }

  /** What the form shows; null before the settings are there. */
  get value(): (Settings[S] & SectionPatch<S>) | null {
    const { saved } = this;
    return saved === null ? null : { ...saved, ...this.#edits };
  }

  /** Whether there is something to save. */
  get dirty(): boolean {
    return Object.keys(this.#edits).length > 0;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Why saving failed, when that is not about one of `fields`. */
  failure(fields: readonly string[]): string | undefined {
    return fields.some((field) => this.#failedAt(field)) ? undefined : this.#failure?.message;
  }

  /** What is wrong with a field. */
  complaint(field: string): string | undefined {
    return this.#failedAt(field) ? this.#failure?.message : undefined;
  }

  /** Changes a field in the form; a value like the saved one is no change. */
  edit<F extends keyof SectionPatch<S> & string>(field: F, value: SectionPatch<S>[F]): void {
    const { [field]: _former, ...others } = this.#edits;
    const saved = this.saved as Record<string, unknown> | null;
    const same = saved !== null && field in saved && isSame(saved[field], value);
    this.#edits = same ? others : { ...others, [field]: value };
    if (this.#failedAt(field)) this.#failure = null;
  }

  /** Drops the edits. */
  reset(): void {
    this.#edits = {};
    this.#failure = null;
  }

  /** Saves the edits and says whether that worked. */
  async save(): Promise<boolean> {
    this.#busy = true;
    this.#failure = null;
    const over = this.#store.head;
    try {
      const settings = await this.#client.call('settings.set', { [this.#section]: this.#edits });
      this.#ahead = { over, settings };
      this.#edits = {};
      return true;
    } catch (error) {
      this.#failure = error instanceof ContractError ? error : new ContractError('internal', String(error));
      return false;
    } finally {
      this.#busy = false;
    }
  }

  /** Whether the refusal is about a field, or about a part of it. */
  #failedAt(field: string): boolean {
    return this.#failure?.details?.field?.split('/').includes(field) === true;
  }
}
