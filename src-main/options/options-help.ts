import { OPTIONS, type OptionSpec } from './option-table.ts';

const entries = Object.entries(OPTIONS) as [string, OptionSpec][];

/** The text that `--help` prints; `usage` is how the program is started. */
export function helpText(usage: string): string {
  const rows = entries.map(([name, spec]) => [`  ${names(name, spec)}`, spec] as const);
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  const lines = rows.flatMap(([left, { does, otherwise, variable }]) => [
    `${left.padEnd(width)}${does}`,
    `${' '.repeat(width)}default: ${plain(otherwise)}${variable === null ? '' : `; variable: ${variable}`}`,
  ]);
  return [`Usage: ${usage} [options]`, '', ...lines, ''].join('\n');
}

/** The same list as a Markdown table, for the documentation. */
export function optionsTable(): string {
  const rows = entries.map(
    ([name, spec]) =>
      `| \`${names(name, spec).replace(' / ', '` / `')}\` | ${spec.variable === null ? '' : `\`${spec.variable}\``} ` +
      `| ${spec.otherwise} | ${spec.does} |`,
  );
  return ['| option | variable | default | does |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}

function names(name: string, { value, negatable }: OptionSpec): string {
  const long = value === null ? `--${name}` : `--${name} ${value}`;
  return negatable === true ? `${long} / --no-${name}` : long;
}

function plain(text: string): string {
  return text.replaceAll('`', '');
}
