import type { Rule, SourceCode } from 'eslint';

const FUNCTIONS = /(?<![\w-])(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(/g;
const HEX = /(?<![\w&/])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![\w-])/gi;
const PALETTE =
  /(?<![\w-])(?:bg|text|border|ring|fill|stroke|outline|from|via|to|divide|decoration|accent|caret|shadow)-(?:(?:black|white)(?![\w-])|(?:slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose)-\d{2,3}(?![\w-]))/g;
const STYLE_ONLY =
  /(?<=(?:color|background|fill|stroke|border(?:-\w+)*|outline|shadow)\s*:[^;{}]*)(?<![\w-])(?:black|white|gr[ae]y|red|green|blue|yellow|orange|purple|pink|silver|navy|teal)(?![\w-])/g;

/** Every colour literal in `text`, as offset and length; `style` says that the text is CSS. */
export function colourLiterals(text: string, style: boolean): { start: number; value: string }[] {
  const patterns = style ? [FUNCTIONS, HEX, PALETTE, STYLE_ONLY] : [FUNCTIONS, HEX, PALETTE];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ start: match.index, value: match[0] })),
  );
}

function withoutComments(css: string): string {
  return css.replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => ' '.repeat(comment.length));
}

interface Positioned {
  readonly range?: [number, number] | undefined;
}

function reportIn(context: Rule.RuleContext, node: Positioned, style: boolean): void {
  const source: SourceCode = context.sourceCode;
  const [start, end] = node.range ?? [0, source.text.length];
  const text = source.text.slice(start, end);
  for (const literal of colourLiterals(style ? withoutComments(text) : text, style)) {
    const from = start + literal.start;
    context.report({
      loc: { start: source.getLocFromIndex(from), end: source.getLocFromIndex(from + literal.value.length) },
      message: `"${literal.value}" is a colour literal: colours are tokens, defined in the tokens file alone`,
    });
  }
}

const isPlainText = (file: string): boolean => /\.(css|html)$/.test(file);

/** Refuses colours written out in components, styles and code: they come from the tokens file. */
export const colourLiteral: Rule.RuleModule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    if (isPlainText(context.filename)) return { Program: (node) => reportIn(context, node, true) };
    const inCode = (node: Positioned): void => reportIn(context, node, false);
    return {
      Literal: inCode,
      TemplateElement: inCode,
      SvelteLiteral: inCode,
      SvelteStyleElement: (node: Positioned) => reportIn(context, node, true),
    };
  },
};
