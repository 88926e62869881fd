import type { Finding } from './finding.ts';

const WIDTH = 62;

/** The findings of one point as lines of text: verdict, what was measured, the figure. */
export function findingsTable(point: string, findings: readonly Finding[], seconds: number): string {
  const failed = findings.filter(({ holds }) => !holds).length;
  const verdict = failed === 0 ? 'holds' : `${failed} of ${findings.length} findings fail`;
  const lines = findings.map(({ what, figure, holds }) => {
    return `  ${holds ? 'ok  ' : 'FAIL'}  ${what.padEnd(WIDTH)}  ${figure}`;
  });
  return [`${point}: ${verdict} (${seconds.toFixed(1)} s)`, ...lines].join('\n');
}
