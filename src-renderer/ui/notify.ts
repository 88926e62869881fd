import { toast } from 'svelte-sonner';

/** Says briefly that something was done. */
export function notifyDone(words: string): void {
  toast.success(words);
}

/** Says what was not done and why, with the words of whatever refused it. */
export function notifyFailed(what: string, error: unknown): void {
  toast.error(what, { description: error instanceof Error ? error.message : String(error), duration: 8000 });
}
