import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { FakeAnswers } from '../../../src-contract/fake-client.ts';
import { ContractError } from '../../../src-contract/result.ts';
import { DEFAULT_SETTINGS } from '../../../src-contract/settings.ts';
import { setAppContext } from '../../state/app-context.ts';
import { fakeApp } from '../../state/fake-app.ts';
import Provided from '../../ui/Provided.fixture.svelte';
import { setTimeContext } from '../../ui/time-context.ts';
import PipelinePanel from './PipelinePanel.svelte';

async function show(answers: FakeAnswers = {}) {
  const { client, app } = fakeApp({ 'settings.set': () => DEFAULT_SETTINGS, ...answers });
  render(Provided, {
    provide: () => {
      setAppContext(app);
      setTimeContext(app.time);
    },
    component: PipelinePanel,
    given: {},
  });
  client.push('settings', DEFAULT_SETTINGS, []);
  await tick();
  return client;
}

const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
const save = () => screen.getByRole('button', { name: 'Save' });

afterEach(() => cleanup());

describe('the settings of the pipeline', () => {
  it('save both bounds of a stage together, and only the stages that changed', async () => {
    const client = await show();
    await type('Commit asks for more below', '50');
    await type('Commit has at most', '200');
    await type('Further threads that sum events up', '2');
    await fireEvent.click(save());
    expect(client.calls).toEqual([
      { name: 'settings.set', args: { pipeline: { commit: { min: 50, max: 200 }, shards: 2 } } },
    ]);
  });

  it('have nothing to save once a figure is what it was', async () => {
    await show();
    await type('Check has at most', '900');
    expect(save().hasAttribute('disabled')).toBe(false);
    await type('Check has at most', '1000');
    expect(save().hasAttribute('disabled')).toBe(true);
  });

  it('say which stage was refused and why', async () => {
    await show({
      'settings.set': () => {
        throw new ContractError('invalid_argument', '"min" is at most "max"', {
          field: '/pipeline/commit/min',
        });
      },
    });
    await type('Commit has at most', '1');
    await fireEvent.click(save());
    await tick();
    expect(screen.getByRole('alert').textContent).toBe('"min" is at most "max"');
    expect(screen.getByLabelText('Commit has at most').getAttribute('aria-invalid')).toBe('true');
  });

  it('take whole numbers within their limits only', async () => {
    await show();
    await type('Aggregate has at most', '10001');
    expect(screen.getByRole('alert').textContent).toBe('Use a whole number from 1 to 10000.');
  });
});
