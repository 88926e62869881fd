import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokenLayerRules } from '../lint/layer-import.ts';
import { cruiseOptions } from './cruise-options.ts';
import { layerRules } from './layer-rules.ts';

/** file → the module it imports → the rule that must stop it. */
const breaches: readonly (readonly [file: string, imports: string, rule: string])[] = [
  ['src-contract/a.ts', '../src-main/lib/clock.ts', 'contract-imports-only-itself'],
  ['src-contract/b.ts', 'fastify', 'contract-packages'],
  ['src-contract/c.ts', 'node:fs', 'renderer-has-no-node'],
  ['src-main/lib/a.ts', '../../src-contract/money.ts', 'lib-imports-only-itself'],
  ['src-main/lib/b.ts', '../store/journal.ts', 'lib-does-not-import-store'],
  ['src-main/lib/c.ts', '../engine/root.ts', 'lib-does-not-import-engine'],
  ['src-main/store/a.ts', '../projections/totals.ts', 'store-does-not-import-projections'],
  ['src-main/projections/a.ts', '../store/journal.ts', 'projections-does-not-import-store'],
  ['src-main/alerts/a.ts', '../sources/feed.ts', 'alerts-does-not-import-sources'],
  ['src-main/pipeline/a.ts', '../router/handlers.ts', 'pipeline-does-not-import-router'],
  ['src-main/router/a.ts', '../engine/root.ts', 'router-does-not-import-engine'],
  ['src-main/engine/a.ts', '../server/http.ts', 'engine-does-not-import-server'],
  ['src-main/options/a.ts', '../server/http.ts', 'options-does-not-import-server'],
  ['src-main/engine/b.ts', '../serve.ts', 'engine-does-not-import-the-headless-entry'],
  ['src-main/server/a.ts', '../electron/window.ts', 'server-does-not-import-electron'],
  ['src-main/electron/a.ts', '../server/http.ts', 'electron-does-not-import-server'],
  ['src-main/engine/c.ts', '../../src-renderer/state/portfolio.ts', 'main-does-not-import-pages'],
  ['src-main/odd/a.ts', '../lib/clock.ts', 'main-files-have-a-layer'],
  ['src-main/engine/d.ts', '../odd/a.ts', 'main-layers-are-known'],
  ['src-main/engine/e.ts', '../store/journal.spec.ts', 'specs-are-not-imported'],
  ['src-main/engine/f.ts', '../../scripts/tool.ts', 'sources-do-not-import-tools'],
  ['src-main/engine/g.ts', 'electron', 'electron-only-in-its-host'],
  ['src-main/engine/h.ts', 'better-sqlite3', 'sqlite-only-in-store'],
  ['src-main/sources/stocks/a.ts', '@nats-io/transport-node', 'nats-only-in-its-source'],
  ['src-main/router/b.ts', 'fastify', 'http-library-only-in-server'],
  ['src-main/router/c.ts', '@fastify/static', 'http-library-only-in-server'],
  ['src-preload/a.ts', '../src-main/lib/clock.ts', 'preload-imports-only-the-contract'],
  ['src-renderer/api/a.ts', '../../src-main/lib/clock.ts', 'renderer-imports-only-the-contract'],
  ['src-renderer/api/b.ts', '../state/portfolio.ts', 'renderer-api-does-not-import-upward'],
  ['src-renderer/api/c.ts', 'node:path', 'renderer-has-no-node'],
  ['src-renderer/state/a.ts', '../features/system/rows.ts', 'renderer-state-does-not-import-upward'],
  ['src-renderer/ui/a.ts', '../state/portfolio.ts', 'renderer-ui-does-not-import-upward'],
  ['src-renderer/features/overview/a.ts', '../system/rows.ts', 'renderer-features-are-apart'],
  ['src-renderer/features/overview/b.ts', '../../main.ts', 'renderer-features-does-not-import-upward'],
  ['src-renderer/features/overview/c.ts', '../../odd/thing.ts', 'renderer-folders-are-known'],
  ['src-main/store/circle-a.ts', './circle-b.ts', 'no-cycles'],
];

const allowed: readonly (readonly [file: string, imports: string])[] = [
  ['src-main/server/ok.ts', '../engine/root.ts'],
  ['src-main/server/ok-library.ts', 'fastify'],
  ['src-main/engine/ok.ts', '../projections/totals.ts'],
  ['src-main/projections/ok.ts', '../../src-contract/money.ts'],
  ['src-main/store/ok.ts', 'better-sqlite3'],
  ['src-main/sources/nats/ok.ts', '@nats-io/transport-node'],
  ['src-main/engine/ok.integration.ts', '@nats-io/jetstream'],
  ['src-main/electron/ok.ts', 'electron'],
  ['src-contract/ok.ts', 'typebox'],
  ['src-renderer/features/overview/ok.ts', '../../state/portfolio.ts'],
  ['src-renderer/features/overview/ok-ui.ts', '../../ui/grid.ts'],
  ['src-renderer/state/ok.ts', '../../src-contract/money.ts'],
];

const targets = [
  'src-contract/money.ts',
  'src-main/lib/clock.ts',
  'src-main/store/journal.ts',
  'src-main/store/journal.spec.ts',
  'src-main/projections/totals.ts',
  'src-main/sources/feed.ts',
  'src-main/router/handlers.ts',
  'src-main/engine/root.ts',
  'src-main/server/http.ts',
  'src-main/electron/window.ts',
  'src-main/serve.ts',
  'src-renderer/state/portfolio.ts',
  'src-renderer/features/system/rows.ts',
  'src-renderer/ui/grid.ts',
  'src-renderer/main.ts',
  'src-renderer/odd/thing.ts',
  'scripts/tool.ts',
];

describe('the layer rules', () => {
  const root = mkdtempSync(join(tmpdir(), 'layers-'));
  let result: ICruiseResult;

  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };

  beforeAll(async () => {
    symlinkSync(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'));
    for (const file of targets) write(file, 'export const target = 1;\n');
    for (const [file, imports] of [...breaches, ...allowed]) {
      write(file, `import type {} from '${imports}';\nexport {};\n`);
    }
    write('src-main/store/circle-b.ts', "import './circle-a.ts';\n");
    const folders = ['src-contract', 'src-main', 'src-preload', 'src-renderer', 'scripts'];
    const { output } = await cruise(folders, {
      ...cruiseOptions,
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: layerRules },
    });
    if (typeof output === 'string')
      throw new TypeError('the cruiser answered with a text instead of a result');
    result = output;
  }, 60_000);

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const rulesBrokenBy = (file: string): string[] =>
    result.summary.violations
      .filter((violation) => violation.from === file)
      .map((violation) => violation.rule.name);

  const withoutCycles = breaches.filter(([, , rule]) => rule !== 'no-cycles');

  it.each(withoutCycles)('%s must not import %s (%s), in the editor too', (file, imports, rule) => {
    expect(brokenLayerRules(file, imports).map((broken) => broken.name)).toContain(rule);
  });

  it.each(allowed)('%s may import %s, in the editor too', (file, imports) => {
    expect(brokenLayerRules(file, imports)).toEqual([]);
  });

  it.each(breaches)('%s must not import %s (%s)', (file, _imports, rule) => {
    expect(rulesBrokenBy(file)).toContain(rule);
  });

  it.each(allowed)('%s may import %s', (file) => {
    expect(rulesBrokenBy(file)).toEqual([]);
  });

  it('explain themselves: each has a comment that says what is wrong', () => {
    for (const rule of layerRules) expect(rule.comment).toMatch(/ .* /);
    const store = layerRules.find((rule) => rule.name === 'store-does-not-import-projections');
    expect(store?.comment).toBe(
      'store does not import projections: the composition root (engine) wires them',
    );
  });
});
