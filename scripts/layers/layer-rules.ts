import type { LayerRule } from './layer-rule.ts';
import { mainProcessRules } from './main-process-rules.ts';
import { packageRules } from './package-rules.ts';
import { rendererRules } from './renderer-rules.ts';
import { SPECS } from './test-files.ts';

const wholeTreeRules: LayerRule[] = [
  {
    name: 'no-cycles',
    comment: 'modules do not import each other in a circle: move what both need below them',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'specs-are-not-imported',
    comment: 'nothing imports a spec: move what is shared into a file of its own',
    severity: 'error',
    from: {},
    to: { path: SPECS },
  },
  {
    name: 'sources-do-not-import-tools',
    comment: 'the app does not import e2e, bench or scripts: they import the app',
    severity: 'error',
    from: { path: '^src-' },
    to: { path: '^(e2e|bench|scripts)/' },
  },
];

/** The import rules of ARCHITECTURE.md; the comment of each is what the person who broke it reads. */
export const layerRules: LayerRule[] = [
  ...wholeTreeRules,
  ...mainProcessRules,
  ...rendererRules,
  ...packageRules,
];
