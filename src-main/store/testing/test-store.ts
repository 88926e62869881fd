import { onTestFinished } from 'vitest';
import { makeFolder, openFixture, type StoreFixture } from './store-fixture.ts';

/** A store in a folder of its own for the running test; closed and deleted when the test ends. */
export function testStore(): StoreFixture {
  const { folder, remove } = makeFolder();
  const store = openFixture(folder);
  onTestFinished(() => {
    store.close();
    remove();
  });
  return store;
}
