import type { Job } from '../../../src-contract/job.ts';
import { notifyDone, notifyFailed, notifyResult } from '../../ui/notify.ts';
import { formatBytes } from '../../ui/number-format.ts';

/** Says how a job ended; one that made a file offers it. */
export function tellOfJob({ title, state, error, file }: Job): void {
  if (state === 'failed') notifyFailed(`${title} failed`, new Error(error ?? 'no reason was given'));
  else if (state === 'cancelled') notifyDone(`${title} was cancelled; no file stayed behind`);
  else if (file === null) notifyDone(`${title} is done`);
  else notifyResult(`${title} is done: ${formatBytes(file.bytes)}`, 'Save', () => saveFrom(file));
}

function saveFrom({ url, name }: { url: string; name: string }): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
