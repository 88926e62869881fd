import './check-node.js';
import { ensureBuilt } from './build/ensure-built.ts';
import { untilInterrupted } from './checks/until-interrupted.ts';
import type { Finding } from './prove/finding.ts';
import { findingsTable } from './prove/findings-table.ts';
import { POINTS, type SizedPoint } from './prove/points.ts';
import { natsServer } from './system/programs.ts';

/** The findings of a point; one that did not come to its end has that as its finding. */
async function findingsOf(name: string, point: SizedPoint, signal: AbortSignal): Promise<Finding[]> {
  try {
    return await point({ log: (words) => console.error(`${name}: ${words}`), signal });
  } catch (error) {
    if (process.env['PULSEDESK_LOG'] === 'debug') console.error(error);
    const figure = signal.aborted ? 'interrupted' : error instanceof Error ? error.message : String(error);
    return [{ what: 'the point came to its end', figure, holds: false }];
  }
}

async function prove(names: readonly string[]): Promise<boolean> {
  await ensureBuilt();
  const signal = untilInterrupted();
  let holds = true;
  for (const name of names) {
    const point = POINTS.get(name);
    if (point === undefined || signal.aborted) continue;
    console.error(`${name}: ${point.says}`);
    const begun = performance.now();
    const findings = await findingsOf(name, point.full, signal);
    console.log(findingsTable(name, findings, (performance.now() - begun) / 1000));
    holds &&= findings.every((finding) => finding.holds);
  }
  return holds && !signal.aborted;
}

async function main(asked: readonly string[]): Promise<number> {
  const unknown = asked.filter((name) => !POINTS.has(name));
  if (unknown.length > 0) {
    console.error(`no point ${unknown.join(', ')}; there are: ${[...POINTS.keys()].join(', ')}`);
    return 2;
  }
  if (natsServer() === undefined) {
    console.error(
      'The proofs need the program nats-server. On Debian or Ubuntu: sudo apt-get install nats-server',
    );
    return 1;
  }
  return (await prove(asked.length === 0 ? [...POINTS.keys()] : asked)) ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
