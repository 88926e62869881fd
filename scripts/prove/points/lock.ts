import { counted, nothingWrong, type Point } from '../finding.ts';
import { Lab } from '../hosts/lab.ts';

interface Scale {
  rounds: number;
}

export const FULL: Scale = { rounds: 10 };
export const SHORT: Scale = { rounds: 2 };

/** A second host on a data folder is refused; one that was killed leaves the folder to the next. */
export const run: Point<Scale> = ({ scale, log, signal }) =>
  Lab.use(signal, async (lab) => {
    let refused = 0;
    let started = 0;
    const wrong: string[] = [];
    for (let round = 1; round <= scale.rounds; round++) {
      log(`round ${round}`);
      const { host, rest } = await lab.serve('--no-demo');
      if ((await rest.ask('GET', '/health/ready')).status === 200) started++;
      const { code, words } = await lab.start('--no-demo').ended;
      if (code === 3) refused++;
      if (!words.includes(`${lab.folder} is in use by process ${host.pid}`)) wrong.push(words);
      if ((await rest.ask('GET', '/health/ready')).status !== 200)
        wrong.push('the first one does not answer any more');
      await host.end('SIGKILL');
    }
    return [
      counted('second instances that ended with 3', refused, scale.rounds),
      nothingWrong('of them said who has the folder, and left it alone', scale.rounds, wrong),
      counted('starts that succeeded, all but the first after a kill -9', started, scale.rounds),
    ];
  });
