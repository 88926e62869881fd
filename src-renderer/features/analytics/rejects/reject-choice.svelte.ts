import { SvelteSet } from 'svelte/reactivity';
import { MAX_REDRIVE } from '../../../../src-contract/reject-bench.ts';
import type { Reject } from '../../../../src-contract/system.ts';

/** The rejects chosen to be redriven together: at most as many as one call takes, none that was redriven already. */
export class RejectChoice {
  readonly #ids = new SvelteSet<number>();

  /** In the order they were chosen. */
  get ids(): number[] {
    return [...this.#ids];
  }

  get size(): number {
    return this.#ids.size;
  }

  has(id: number): boolean {
    return this.#ids.has(id);
  }

  /** Chooses a reject, or lets go of it; false when there is no room for it, or nothing left to redrive. */
  toggle({ id, redriven_at: redrivenAt }: Reject): boolean {
    if (this.#ids.delete(id)) return true;
    if (redrivenAt !== null || this.#ids.size >= MAX_REDRIVE) return false;
    this.#ids.add(id);
    return true;
  }

  /** Chooses these too; false when not all fitted. */
  add(rejects: readonly Reject[]): boolean {
    const open = rejects.filter(({ redriven_at: redrivenAt }) => redrivenAt === null);
    for (const { id } of open) if (this.#ids.size < MAX_REDRIVE) this.#ids.add(id);
    return open.every(({ id }) => this.#ids.has(id));
  }

  /** Lets go of all. */
  clear(): void {
    this.#ids.clear();
  }
}
