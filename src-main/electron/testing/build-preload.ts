import { join } from 'node:path';
import { build } from 'vite';

/** Builds the preload script into `folder` the way the app's build does; answers its path. */
export async function buildPreload(folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input: { index: join(import.meta.dirname, '../../../src-preload/index.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: 'preload.cjs' },
      },
    },
  });
  return join(folder, 'preload.cjs');
}
