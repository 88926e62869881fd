import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportFormat } from '../../../src-contract/job.ts';

/** Where the files of exports are while their jobs are listed, in the data folder. */
export function exportsFolder(dataFolder: string): string {
  return join(dataFolder, 'exports');
}

/** Where an export's file is once it is complete. */
export function exportFile(dataFolder: string, job: string, format: ExportFormat): string {
  return join(exportsFolder(dataFolder), `${job}.${format}`);
}

/** Where an export's file grows until it is complete. */
export function growingFile(dataFolder: string, job: string, format: ExportFormat): string {
  return `${exportFile(dataFolder, job, format)}.part`;
}

/** Makes a folder when it is missing, and empties it: what an earlier run left there belongs to nobody. */
export function emptyFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
}
