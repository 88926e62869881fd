import { toast } from 'svelte-sonner';

/** How long what can be undone is offered, in milliseconds. */
const UNDO_MS = 10_000;

/** Says briefly that something was done. */
export function notifyDone(words: string): void {
  toast.success(words);
}

/** Says that something was done, and offers to undo it. */
export function notifyUndo(words: string, undo: () => void): void {
  toast.success(words, { duration: UNDO_MS, action: { label: 'Undo', onClick: undo } });
}

/** Says that something was done and offers what came of it, until it is put away. */
export function notifyResult(words: string, label: string, take: () => void): void {
  toast.success(words, { duration: Infinity, action: { label, onClick: take } });
}

/** Says what was not done and why, with the words of whatever refused it. */
export function notifyFailed(what: string, error: unknown): void {
  toast.error(what, { description: error instanceof Error ? error.message : String(error), duration: 8000 });
}
