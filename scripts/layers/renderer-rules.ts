import type { LayerRule } from './layer-rule.ts';
import { SPECS } from './test-files.ts';

const direction = 'imports go api <- state <- features <- App, and ui knows no words of the app';

const forbid = (from: string, targets: readonly string[]): LayerRule => ({
  name: `renderer-${from}-does-not-import-upward`,
  comment: `renderer ${from}/ does not import ${targets.join('/, ')}/ or App: ${direction}`,
  severity: 'error',
  from: { path: `^src-renderer/${from}/` },
  to: { path: `^src-renderer/((${targets.join('|')})/|[^/]+\\.(svelte|ts)$)` },
});

/** Who may import whom inside the page, and what the page may reach at all. */
export const rendererRules: LayerRule[] = [
  {
    name: 'renderer-imports-only-the-contract',
    comment: 'the renderer imports only the contract and itself: everything else comes over a channel',
    severity: 'error',
    from: { path: '^src-renderer/' },
    to: { path: '^(src-main|src-preload)/' },
  },
  {
    name: 'renderer-has-no-node',
    comment: 'the renderer uses no Node built-ins: it runs in a sandboxed page',
    severity: 'error',
    from: { path: '^src-(renderer|preload|contract)/', pathNot: SPECS },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'renderer-features-are-apart',
    comment: 'renderer features do not import each other: what two need goes to state/ or ui/',
    severity: 'error',
    from: { path: '^src-renderer/features/([^/]+)/' },
    to: { path: '^src-renderer/features/', pathNot: '^src-renderer/features/$1/' },
  },
  forbid('ui', ['api', 'state', 'features']),
  forbid('api', ['state', 'features', 'ui']),
  forbid('state', ['features', 'ui']),
  {
    name: 'renderer-features-does-not-import-upward',
    comment: `renderer features/ does not import App: ${direction}`,
    severity: 'error',
    from: { path: '^src-renderer/features/' },
    to: { path: '^src-renderer/[^/]+\\.(svelte|ts)$' },
  },
  {
    name: 'renderer-folders-are-known',
    comment:
      'a file of src-renderer lies in api/, state/, features/<screen>/, ui/ or styles/, or at the top beside App',
    severity: 'error',
    from: {},
    to: { path: '^src-renderer/[^/]+/', pathNot: '^src-renderer/((api|state|ui|styles)/|features/[^/]+/)' },
  },
];
