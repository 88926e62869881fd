import { builtinModules } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import type { Rule } from 'eslint';
import type { LayerRule, PathPattern } from '../layers/layer-rule.ts';
import { layerRules } from '../layers/layer-rules.ts';

interface Target {
  readonly path: string;
  readonly builtIn: boolean;
}

type Pattern = PathPattern | undefined;

const joined = (pattern: Pattern): string | undefined =>
  Array.isArray(pattern) ? pattern.map((part) => `(?:${part})`).join('|') : pattern;

const groupsFilledIn = (pattern: string, groups: readonly string[]): string =>
  pattern.replaceAll(/\$(\d)/g, (_all, index: string) => groups[Number(index)] ?? '');

function matches(path: string, wanted: Pattern, unwanted: Pattern, groups: readonly string[] = []): boolean {
  const [yes, no] = [joined(wanted), joined(unwanted)];
  if (yes !== undefined && !new RegExp(groupsFilledIn(yes, groups)).test(path)) return false;
  return no === undefined || !new RegExp(groupsFilledIn(no, groups)).test(path);
}

function breaks(rule: LayerRule, from: string, to: Target): boolean {
  if (!matches(from, rule.from.path, rule.from.pathNot)) return false;
  if (rule.to.circular || (rule.to.dependencyTypes && !to.builtIn)) return false;
  const groups = new RegExp(joined(rule.from.path) ?? '').exec(from) ?? [];
  return matches(to.path, rule.to.path, rule.to.pathNot, groups);
}

function targetOf(specifier: string, from: string): Target {
  if (specifier.startsWith('.')) {
    const path = join(dirname(from), specifier.replace(/\?.*$/, '')).split(sep).join('/');
    return { path, builtIn: false };
  }
  const builtIn = specifier.startsWith('node:') || builtinModules.includes(specifier);
  return { path: builtIn ? specifier : `node_modules/${specifier}/`, builtIn };
}

/** The layer rules a file breaks by importing `specifier`; cycles are left to dependency-cruiser. */
export function brokenLayerRules(file: string, specifier: string): LayerRule[] {
  const target = targetOf(specifier, file);
  return layerRules.filter((rule) => breaks(rule, file, target));
}

/**
 * The layer rules where code is written: in the editor, and for type imports in components, which dependency-cruiser
 * cannot see because the Svelte compiler drops them.
 */
export const layerImport: Rule.RuleModule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join('/');
    return {
      ImportDeclaration(node) {
        for (const rule of brokenLayerRules(file, String(node.source.value))) {
          context.report({ node, message: `${rule.comment} (${rule.name})` });
        }
      },
    };
  },
};
