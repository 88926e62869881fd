import type { LayerRule } from './layer-rule.ts';

interface Layer {
  readonly name: string;
  readonly path: string;
}

const folder = (name: string): Layer => ({ name, path: `^src-main/${name}/` });

const parts = ['sources', 'pipeline', 'store', 'projections', 'alerts'].map(folder);

/** From the lowest to the highest; each may import those before it. */
const levels: readonly (readonly Layer[])[] = [
  [folder('lib')],
  parts,
  [folder('router')],
  [folder('engine')],
  [folder('options')],
  [
    folder('server'),
    folder('electron'),
    { name: 'the headless entry', path: '^src-main/serve\\.ts$' },
    { name: 'the Electron entry', path: '^src-main/index\\.ts$' },
  ],
];

const direction =
  'imports go {contract, lib} <- {sources, pipeline, store, projections, alerts} <- router <- engine <- options <- hosts';

const slug = (name: string): string => name.toLowerCase().replaceAll(' ', '-');

const upward: LayerRule[] = levels.flatMap((level, height) =>
  level.flatMap((from) =>
    levels
      .slice(height + 1)
      .flat()
      .map((to) => ({
        name: `${slug(from.name)}-does-not-import-${slug(to.name)}`,
        comment: `${from.name} does not import ${to.name}: ${direction}`,
        severity: 'error' as const,
        from: { path: from.path },
        to: { path: to.path },
      })),
  ),
);

const siblings: LayerRule[] = parts.flatMap((from) =>
  parts
    .filter((to) => to !== from)
    .map((to) => ({
      name: `${from.name}-does-not-import-${to.name}`,
      comment: `${from.name} does not import ${to.name}: the composition root (engine) wires them`,
      severity: 'error' as const,
      from: { path: from.path },
      to: { path: to.path },
    })),
);

const known = levels.flat().map((layer) => layer.path);

/** Who may import whom inside the main process, and what the contract and lib keep away from. */
export const mainProcessRules: LayerRule[] = [
  {
    name: 'contract-imports-only-itself',
    comment: 'the contract imports nothing of the app: it is the language all processes share',
    severity: 'error',
    from: { path: '^src-contract/' },
    to: { path: '^(src-main|src-preload|src-renderer)/' },
  },
  {
    name: 'lib-imports-only-itself',
    comment: 'lib imports nothing of the app, the contract neither: it must make sense in any other program',
    severity: 'error',
    from: { path: '^src-main/lib/' },
    to: { path: '^(src-contract|src-preload|src-renderer)/' },
  },
  {
    name: 'main-does-not-import-pages',
    comment: 'the main process does not import the renderer or the preload: they meet in the contract',
    severity: 'error',
    from: { path: '^src-main/' },
    to: { path: '^(src-renderer|src-preload)/' },
  },
  {
    name: 'preload-imports-only-the-contract',
    comment: 'the preload imports only the contract: it is derived from the channel table',
    severity: 'error',
    from: { path: '^src-preload/' },
    to: { path: '^(src-main|src-renderer)/' },
  },
  {
    name: 'server-does-not-import-electron',
    comment: 'the HTTP host does not import the Electron host: the entry files put them together',
    severity: 'error',
    from: { path: '^src-main/server/' },
    to: { path: '^src-main/electron/' },
  },
  {
    name: 'electron-does-not-import-server',
    comment: 'the Electron host does not import the HTTP host: the entry files put them together',
    severity: 'error',
    from: { path: '^src-main/electron/' },
    to: { path: '^src-main/server/' },
  },
  {
    name: 'main-files-have-a-layer',
    comment: 'a file of src-main lies in one of the folders of ARCHITECTURE.md (or is index.ts or serve.ts)',
    severity: 'error',
    from: { path: '^src-main/', pathNot: known },
    to: {},
  },
  {
    name: 'main-layers-are-known',
    comment: 'a file of src-main lies in one of the folders of ARCHITECTURE.md (or is index.ts or serve.ts)',
    severity: 'error',
    from: {},
    to: { path: '^src-main/', pathNot: known },
  },
  ...siblings,
  ...upward,
];
