import type { Handlers } from '../../router/handlers.ts';
import type { InvoiceSimulator } from './invoice-simulator.ts';

type ControlCalls =
  'control.get' | 'control.start' | 'control.stop' | 'control.reset' | 'control.undo' | 'control.rates';

/** Handlers of the simulator's run; a command that its state forbids rejects with a ContractError `conflict`. */
export function controlHandlers(
  simulator: Pick<InvoiceSimulator, 'status' | 'control'>,
): Pick<Handlers, ControlCalls> {
  return {
    'control.get': () => simulator.status,
    'control.start': async (figures) => (await simulator.control()).start(figures),
    'control.stop': async () => (await simulator.control()).stop(),
    'control.reset': async () => (await simulator.control()).reset(),
    'control.undo': async () => (await simulator.control()).undo(),
    'control.rates': async (figures) => (await simulator.control()).rates(figures),
  };
}
