import { basename } from 'node:path';
import type { Rule } from 'eslint';

const KEBAB = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.(ts|js|mjs|css|html)$/;
const PASCAL = /^([A-Z][A-Za-z0-9]*)(\.fixture)?\.svelte$/;
const EMPTY_WORDS = /(^|[-.])(utils?|helpers?|managers?|common|misc)([-.]|$)/i;

function complaint(file: string): string | undefined {
  if (file.endsWith('.svelte') && !PASCAL.test(file)) return 'a component file is named in PascalCase';
  if (!file.endsWith('.svelte') && !KEBAB.test(file)) return 'a file is named in kebab-case';
  if (EMPTY_WORDS.test(file)) return 'say what is inside instead of utils, helpers, manager, common or misc';
  return undefined;
}

/** Holds file names to kebab-case `.ts`, PascalCase `.svelte`, and words that say something. */
export const fileName: Rule.RuleModule = {
  meta: { type: 'suggestion', schema: [] },
  create: (context) => ({
    Program(node) {
      const message = complaint(basename(context.filename));
      if (message !== undefined) context.report({ node, loc: { line: 1, column: 0 }, message });
    },
  }),
};
