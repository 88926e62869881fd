import type { ICruiseOptions } from 'dependency-cruiser';

/** How dependency-cruiser reads this tree: type imports count, styles and pictures do not. */
export const cruiseOptions: ICruiseOptions = {
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '[.](css|html|svg|png)$' },
  tsPreCompilationDeps: true,
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['types', 'import', 'svelte', 'node', 'default'],
    mainFields: ['module', 'main', 'types'],
  },
};
