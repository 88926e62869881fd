import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageBridge } from './testing/page-client.ts';
import { ShellFolder, startShell } from './testing/shell-fixture.ts';

const folder = new ShellFolder();
beforeAll(() => folder.fill());
afterAll(() => folder.remove());

async function crash(app: Awaited<ReturnType<typeof startShell>>, reason = 'crashed') {
  app.window().crash(reason);
  await app.double.settled();
}

describe('a page that crashes', () => {
  it('is let go by the engine and loaded again', async () => {
    const app = await startShell(folder.files);
    pageBridge(app.window().page).onMessage(() => undefined);
    await app.double.settled();
    expect(app.engine.windows).toHaveLength(1);
    await crash(app);
    expect(app.engine.windows).toHaveLength(0);
    expect(app.window().loads).toHaveLength(2);
    expect(app.window().page).not.toBeNull();
  });

  it('is not loaded a fourth time within a minute unless the user says so', async () => {
    const app = await startShell(folder.files);
    for (let count = 0; count < 4; count++) await crash(app);
    expect(app.double.system.messages).toHaveLength(1);
    expect(app.double.system.messages[0]?.detail).toContain('4 times');
    // The answer was to load again, which counts from the start.
    expect(app.window().loads).toHaveLength(5);
    await crash(app);
    expect(app.window().loads).toHaveLength(6);
  });

  it('is loaded again by itself when it crashes seldom', async () => {
    const app = await startShell(folder.files);
    for (let count = 0; count < 10; count++) {
      await crash(app);
      await app.clock.advance(30_000);
    }
    expect(app.double.system.messages).toEqual([]);
    expect(app.window().loads).toHaveLength(11);
  });

  it('takes its window along when the user closes it', async () => {
    const app = await startShell(folder.files);
    app.double.system.answer = 1;
    for (let count = 0; count < 4; count++) await crash(app);
    expect(app.double.windows).toEqual([]);
  });

  it('stays away when its process ended on purpose', async () => {
    const app = await startShell(folder.files);
    await crash(app, 'clean-exit');
    expect(app.window().loads).toHaveLength(1);
  });
});
