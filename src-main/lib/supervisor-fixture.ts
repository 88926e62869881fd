import { createLog } from './log.ts';
import { seededRandom } from './random.ts';
import type { ServiceProbe } from './service-probe.ts';
import type { ServiceState } from './service.ts';
import { Supervisor } from './supervisor.ts';
import { VirtualClock } from './virtual-clock.ts';

/** For specs: a supervisor on a virtual clock, whose waits are 50, 100, 200, … ms without chance. */
export class SupervisorFixture {
  readonly clock = new VirtualClock(1_000_000);
  /** Every state announced, in order. */
  readonly changes: ServiceState[] = [];
  /** The lines of its log. */
  readonly lines: string[] = [];
  readonly log = createLog({ level: 'debug', write: (line) => this.lines.push(line), clock: this.clock });
  readonly supervisor = new Supervisor({
    clock: this.clock,
    random: seededRandom(1),
    backoff: { first: 50, max: 3_000, factor: 2, jitter: 0 },
    log: this.log,
    onChange: (state) => this.changes.push(state),
  });

  stateOf(id: string): string | undefined {
    return this.supervisor.get(id)?.state;
  }

  statesSeen(id: string): string[] {
    return this.changes.filter((change) => change.id === id).map((change) => change.state);
  }

  /** Lets a service fail once more than its intensity allows; ends 3 s after the last failure. */
  async exhaust(probe: ServiceProbe): Promise<void> {
    for (let failure = 0; failure < 6; failure += 1) {
      probe.fail(`failure ${failure}`);
      await this.clock.advance(3_000);
    }
  }
}
