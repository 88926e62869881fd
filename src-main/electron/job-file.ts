import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { EXPORT_FORMATS } from '../../src-contract/job.ts';

/** The address of a job's file, and the job's id: nothing in it can lead out of the folder of exports. */
const ADDRESS = /^\/api\/jobs\/([0-9a-z]{1,20}-\d{1,12})\/file$/;

/** A file that a job made. */
export interface JobFile {
  body: ReadableStream;
  headers: Record<string, string>;
}

/**
 * The file of a job by its address, as HTTP has it too; null when that is the address of something else, or the job has made
 * no file. The page says under which name it is saved.
 * @param folder where exports are while their jobs are listed
 */
export async function jobFile(folder: string, pathname: string): Promise<JobFile | null> {
  const id = ADDRESS.exec(pathname)?.[1];
  if (id === undefined) return null;
  for (const format of EXPORT_FORMATS) {
    const file = await open(join(folder, `${id}.${format}`)).catch(() => null);
    if (file === null) continue;
    const { size } = await file.stat();
    return {
      body: Readable.toWeb(file.createReadStream()) as ReadableStream,
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': size.toString(),
        'content-disposition': `attachment; filename="invoices.${format}"`,
      },
    };
  }
  return null;
}

/** Whether a path is an address of the app's own interface: no page has it. */
export function isApiAddress(pathname: string): boolean {
  return pathname.startsWith('/api/');
}
