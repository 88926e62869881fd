import { accessSync, constants, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm';
/** What must be free there, and of memory altogether, in bytes; tests take a tenth of it. */
const ROOM_NEEDED = 2 * 1024 ** 3;

/** A folder that one run of the checks works in. */
export interface WorkingFolder {
  readonly path: string;
  /** What makes programs work in it: their temporary files and what Node compiled for those that start again and again. */
  readonly variables: Readonly<Record<'TMPDIR' | 'NODE_COMPILE_CACHE', string>>;
  /** Deletes it with all it holds. */
  remove(): void;
}

/** Some mount what is in memory so that no program there can be started, as tests do that compile one. */
function mayStartProgramsIn(folder: string): boolean {
  const probe = join(folder, 'probe');
  writeFileSync(probe, '', { mode: 0o755 });
  try {
    accessSync(probe, constants.X_OK);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe);
  }
}

function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return Math.min(bavail * bsize, freemem());
  } catch {
    return 0;
  }
}

function makeIn(parent: string): WorkingFolder {
  const path = mkdtempSync(join(parent, 'pulsedesk-checks-'));
  return {
    path,
    variables: { TMPDIR: path, NODE_COMPILE_CACHE: join(path, 'compiled') },
    // What was killed last may write for another moment.
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 10 }),
  };
}

/**
 * Makes a folder of its own for a run of the checks: in memory (`inMemory`) where that has room and programs may be
 * started there, because most of what databases under test cost is the disk; else under the system's temporary folder.
 */
export function makeWorkingFolder(inMemory = IN_MEMORY): WorkingFolder {
  if (roomIn(inMemory) >= ROOM_NEEDED) {
    const folder = makeIn(inMemory);
    if (mayStartProgramsIn(folder.path)) return folder;
    folder.remove();
  }
  return makeIn(tmpdir());
}
