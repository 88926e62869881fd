import { readFileSync } from 'node:fs';

/** Resident memory of a process in MiB, as Linux counts it. Throws when there is no such process. */
export function residentMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kib === undefined) throw new Error(`the memory of process ${pid} is not told`);
  return Number(kib) / 1024;
}
