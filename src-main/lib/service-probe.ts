import type { Stoppable } from './disposables.ts';
import type { ServiceContext, ServiceSpec } from './service.ts';

/** For specs: a service that starts synchronously, and writes down its runs and which of them were stopped. */
export class ServiceProbe {
  readonly runs: ServiceContext[] = [];
  /** Numbers of the runs that were stopped, in order, once for each time. */
  readonly stopped: number[] = [];

  spec(id: string, more: Partial<ServiceSpec> = {}): ServiceSpec {
    return { id, title: `The ${id}`, start: (context) => this.run(context), ...more };
  }

  run(context: ServiceContext): Stoppable {
    const run = this.runs.push(context) - 1;
    return {
      stop: async () => {
        this.stopped.push(run);
      },
    };
  }

  /** Lets the latest run fail. */
  fail(message = 'broken'): void {
    this.runs.at(-1)?.fail(new Error(message));
  }
}
