import type { LayerRule } from './layer-rule.ts';
import { INTEGRATIONS, SPECS } from './test-files.ts';

/** Matches a package's files, its separate types, and its bare name where it is not installed. */
const packagePaths = (name: string): string[] => [`(^|/)node_modules/(@types/)?${name}`, `^${name}`];

/** Forbids `name` outside `homes` (path patterns); `where` says in words where it belongs. */
const onlyIn = (rule: string, name: string, homes: readonly string[], where: string): LayerRule => ({
  name: rule,
  comment: where,
  severity: 'error',
  from: { path: '^(src-|e2e/|bench/|scripts/)', pathNot: [...homes] },
  to: { path: packagePaths(name) },
});

const tools = '^(e2e|bench|scripts)/';

/** Which folder alone may use which library. */
export const packageRules: LayerRule[] = [
  onlyIn(
    'electron-only-in-its-host',
    'electron(/|$)',
    ['^src-main/electron/', '^src-main/index\\.ts$', '^src-preload/'],
    'electron is imported only in src-main/electron, src-main/index.ts and src-preload: everything else runs headless too',
  ),
  onlyIn(
    'sqlite-only-in-store',
    'better-sqlite3(/|$)',
    ['^src-main/store/', INTEGRATIONS, tools],
    'better-sqlite3 is imported only in src-main/store: others ask the store',
  ),
  onlyIn(
    'nats-only-in-its-source',
    '@nats-io/',
    ['^src-main/sources/nats/', INTEGRATIONS, tools],
    'the NATS client is imported only in src-main/sources/nats: others get decoded events',
  ),
  onlyIn(
    'http-library-only-in-server',
    '(@fastify/|fastify(/|$))',
    ['^src-main/server/'],
    'the HTTP library is imported only in src-main/server: handlers belong to the router',
  ),
  {
    name: 'contract-packages',
    comment: 'the contract uses no library but typebox: every process and the page load it',
    severity: 'error',
    from: { path: '^src-contract/', pathNot: SPECS },
    to: { path: 'node_modules/', pathNot: 'node_modules/typebox/' },
  },
];
