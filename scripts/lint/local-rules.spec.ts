import { Linter } from 'eslint';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { localRules } from './local-rules.ts';
import { plainTextParser } from './plain-text-parser.ts';

const linter = new Linter();

function messages(rule: string, filename: string, code: string): string[] {
  const config: Linter.Config[] = [
    ...svelte.configs.base,
    { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
    { files: ['**/*.svelte'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
    { files: ['**/*.css'], languageOptions: { parser: plainTextParser } },
    {
      files: ['**'],
      plugins: { pulsedesk: localRules },
      linterOptions: { reportUnusedDisableDirectives: 'off' },
      rules: { [`pulsedesk/${rule}`]: 'error' },
    },
  ];
  return linter.verify(code, config, { filename }).map(({ message }) => message);
}

describe('colour-literal', () => {
  it.each([
    ['a.ts', "const line = '#1af';"],
    ['a.ts', 'const line = `rgb(${1} 2 3)`;'],
    ['A.svelte', '<p style="color: #ffffff">text</p>'],
    ['A.svelte', '<p class="bg-red-500">text</p>'],
    ['A.svelte', '<p class={["text-white"]}>text</p>'],
    ['A.svelte', '<p>text</p><style>p { color: hsl(1 2% 3%) }</style>'],
    ['a.css', 'p { border-color: oklch(0.5 0.1 20) }'],
    ['a.css', 'p { background: white }'],
  ])('stops %s: %s', (file, code) => {
    expect(messages('colour-literal', file, code)[0]).toMatch(/is a colour literal: colours are tokens/);
  });

  it.each([
    ['a.ts', 'class A { #feed = 1; get feed() { return this.#feed; } }'],
    ['a.ts', "const colour = 'var(--up)'; // not #fff"],
    ['A.svelte', '{#each [1] as n}<p class="text-up bg-surface">{n}</p>{/each}'],
    ['a.css', '/* was #fff */ p { color: var(--text); white-space: nowrap }'],
  ])('lets %s pass: %s', (file, code) => {
    expect(messages('colour-literal', file, code)).toEqual([]);
  });
});

describe('file-name', () => {
  it.each([
    'back-off.ts',
    'back-off.spec.ts',
    'counter.svelte.ts',
    'DataGrid.svelte',
    '.dependency-cruiser.mjs',
  ])('accepts %s', (file) => expect(messages('file-name', file, '')).toEqual([]));

  it.each(['backOff.ts', 'data-grid.svelte', 'array-utils.ts', 'common.ts', 'WindowManager.svelte.ts'])(
    'refuses %s',
    (file) => expect(messages('file-name', file, '')).toHaveLength(1),
  );
});

describe('layer-import', () => {
  it('sees a type import in a component and says which rule it breaks', () => {
    const code = '<script lang="ts">import type { A } from "../../src-main/lib/clock.ts"; let a: A;</script>';
    expect(messages('layer-import', 'src-renderer/ui/Grid.svelte', code)).toEqual([
      'the renderer imports only the contract and itself: everything else comes over a channel (renderer-imports-only-the-contract)',
    ]);
  });
});

describe('reasoned-disable', () => {
  it('wants a reason beside a check that is switched off', () => {
    expect(messages('reasoned-disable', 'a.ts', '/* eslint-disable eqeqeq */')).toHaveLength(1);
    expect(messages('reasoned-disable', 'a.ts', '/* eslint-disable eqeqeq -- null and undefined */')).toEqual(
      [],
    );
  });
});
