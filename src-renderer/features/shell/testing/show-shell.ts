import { fireEvent, render } from '@testing-library/svelte';
import { createRawSnippet, tick } from 'svelte';
import type { FakeAnswers } from '../../../../src-contract/fake-client.ts';
import type { Source } from '../../../../src-contract/system.ts';
import { setAppContext } from '../../../state/app-context.ts';
import { fakeApp } from '../../../state/fake-app.ts';
import { fakeStatus } from '../../../state/fake-status.ts';
import Provided from '../../../ui/Provided.fixture.svelte';
import { setTimeContext } from '../../../ui/time-context.ts';
import Shell from '../Shell.svelte';

const NOW = Date.parse('2026-11-21T14:05:00.000Z');
const content = createRawSnippet(() => ({ render: () => '<p>the screen</p>' }));

/** Waits until what was given to the page is drawn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await tick();
}

/** Shows the frame around a screen, with a status, over a fake client: at 14:05:00 UTC. */
export async function showShell(answers: FakeAnswers = {}, sources?: Source[]) {
  const { client, app } = fakeApp(answers);
  const page = { ...app, time: { now: NOW, zone: 'UTC' } as typeof app.time };
  render(Provided, {
    provide: () => {
      setAppContext(page);
      setTimeContext(page.time);
    },
    component: Shell,
    given: { children: content },
  });
  client.push('status', fakeStatus(sources === undefined ? {} : { sources }), []);
  await settled();
  return { client, app };
}

/** Presses a key where the focus is. */
export const press = (key: string, modifiers: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...modifiers });
