import type { Rule } from 'eslint';

/** A check may be switched off only with a reason after ` -- `. */
export const reasonedDisable: Rule.RuleModule = {
  meta: { type: 'suggestion', schema: [] },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        if (!/^\s*eslint-disable/.test(comment.value) || / -- \S/.test(comment.value)) continue;
        if (comment.loc)
          context.report({ loc: comment.loc, message: 'say after " -- " why this check is off' });
      }
    },
  }),
};
