import type { ESLint } from 'eslint';
import { colourLiteral } from './colour-literal.ts';
import { fileName } from './file-name.ts';
import { layerImport } from './layer-import.ts';
import { reasonedDisable } from './reasoned-disable.ts';

/** The house rules that no published plugin has. */
export const localRules: ESLint.Plugin = {
  meta: { name: 'pulsedesk', version: '1' },
  rules: {
    'colour-literal': colourLiteral,
    'file-name': fileName,
    'layer-import': layerImport,
    'reasoned-disable': reasonedDisable,
  },
};
