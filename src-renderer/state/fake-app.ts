import { FakeClient, type FakeAnswers } from '../../src-contract/fake-client.ts';
import { feedKey } from '../../src-contract/feed-keys.ts';
import { createAppContext, type AppContext } from './app-context.ts';

/** The state of a page over a fake client, for component tests. */
export function fakeApp(answers: FakeAnswers = {}): { client: FakeClient; app: AppContext } {
  const client = new FakeClient(feedKey, answers);
  return { client, app: createAppContext(client, false) };
}
