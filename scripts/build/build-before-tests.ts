import { ensureBuilt } from './ensure-built.ts';

/** Vitest's global set-up for tests that start the built program. */
export default async function setup(): Promise<void> {
  await ensureBuilt();
}
