import { describe, expect, it } from 'vitest';
import { OPTIONS } from './option-table.ts';
import { helpText, optionsTable } from './options-help.ts';

const names = Object.keys(OPTIONS).map((name) => `--${name}`);

describe('the list of options', () => {
  it('is printed whole by --help, with variables and defaults', () => {
    const text = helpText('npm run serve --');
    for (const name of names) expect(text).toContain(`  ${name}`);
    expect(text).toContain('Usage: npm run serve -- [options]');
    expect(text).toMatch(/--port N +port to listen on.*\n +default: 4000; variable: PORT/);
    expect(text).toContain('--demo / --no-demo');
  });

  it('comes as a table for the documentation, a row per option', () => {
    const rows = optionsTable().trim().split('\n').slice(2);
    expect(rows).toHaveLength(names.length);
    expect(rows.find((row) => row.includes('--demo'))).toContain('`--demo` / `--no-demo` | `PULSEDESK_DEMO`');
    for (const row of rows) expect(row.split(' | ')).toHaveLength(4);
  });
});
