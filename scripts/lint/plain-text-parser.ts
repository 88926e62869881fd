/**
 * A parser that finds no code in a file: rules that read the raw text (colours in `.css` and `.html`) then run like
 * all others, in the editor too.
 */
export const plainTextParser = {
  meta: { name: 'plain-text', version: '1' },
  parse(text: string) {
    const lines = text.split('\n');
    const end = { line: lines.length, column: lines.at(-1)?.length ?? 0 };
    const range = [0, text.length];
    const loc = { start: { line: 1, column: 0 }, end };
    return { type: 'Program', sourceType: 'module', body: [], tokens: [], comments: [], range, loc };
  },
};
