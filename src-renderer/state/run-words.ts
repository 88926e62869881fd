import type { InvoiceRun } from '../../src-contract/invoice.ts';

/** A command to the invoice simulator that depends on its state. */
export type RunCommand = 'start' | 'stop' | 'reset';

/** The environment that the simulator runs in. */
export const SIMULATOR_ENVIRONMENT = 'demo';

const REASONS: Record<RunCommand, Partial<Record<InvoiceRun['state'], string>>> = {
  start: { running: 'A run is under way: stop it first, or change its rates.' },
  stop: {
    idle: 'No run is under way.',
    draining: 'Production has ended already; what waits is still being shown.',
    finished: 'The run has finished already.',
  },
  reset: { running: 'Stop the run before you reset.' },
};

/**
 * Why a command cannot be given now, or null when it can.
 * @param env the active environment: the simulator stands still in all but one.
 */
export function refusalOf(
  command: RunCommand,
  { state }: Pick<InvoiceRun, 'state'>,
  env: string,
): string | null {
  if (env !== SIMULATOR_ENVIRONMENT)
    return `The simulator runs in ${SIMULATOR_ENVIRONMENT}; ${env} is active.`;
  return REASONS[command][state] ?? null;
}

/** What the state is called. */
export const RUN_TITLES: Record<InvoiceRun['state'], string> = {
  idle: 'Idle',
  running: 'Running',
  draining: 'Draining',
  finished: 'Finished',
};

/** The tone of the state's mark. */
export const RUN_TONES = {
  idle: 'off',
  running: 'ok',
  draining: 'busy',
  finished: 'neutral',
} as const satisfies Record<InvoiceRun['state'], string>;

const formatCount = (count: number): string => count.toLocaleString('en-US');

/** What goes on, in a sentence. */
export function runWords({ state, produced, planned, waiting, shown }: InvoiceRun): string {
  switch (state) {
    case 'idle':
      return 'Nothing is being produced.';
    case 'running':
      return `${formatCount(produced)} of ${formatCount(planned)} produced so far.`;
    case 'draining':
      return `Production has ended; ${formatCount(waiting)} of ${formatCount(produced)} still wait to be shown.`;
    case 'finished':
      if (shown === 0) return 'The run ended before it produced any.';
      if (shown === 1) return 'The one that was produced is shown.';
      return `All ${formatCount(shown)} that were produced are shown.`;
  }
}
