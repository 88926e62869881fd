import { defineConfig, globalIgnores } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { localRules } from './scripts/lint/local-rules.ts';
import { plainTextParser } from './scripts/lint/plain-text-parser.ts';
import svelteConfig from './svelte.config.js';

const TESTS = ['**/*.spec.ts', '**/*.integration.ts', 'e2e/**/*.ts'];
const TOOLS = ['scripts/**', 'bench/**', 'e2e/**', '*.ts', '*.js', '*.mjs'];

const noReExports = [
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that defines it.' },
  {
    selector: 'ExportNamedDeclaration[source]',
    message: 'No barrels: import from the file that defines it.',
  },
];
const noDoubleCast = {
  selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
  message: 'No "as unknown as": narrow the value or fix its type.',
};
const noSkippedTests = {
  selector:
    'CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name=/^(only|skip|fixme|todo)$/]',
  message: 'No focused, skipped or planned tests.',
};
const noFixedWaits = {
  selector: 'CallExpression[callee.property.name="waitForTimeout"]',
  message: 'Tests wait for nothing but a condition.',
};

const houseRules = {
  complexity: ['error', 12],
  'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'max-depth': ['error', 4],
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-console': 'error',
  'no-empty': 'error',
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
  'no-restricted-syntax': ['error', ...noReExports, noDoubleCast],
  'object-shorthand': 'error',
  'prefer-const': 'error',
  'prefer-template': 'error',
  'pulsedesk/file-name': 'error',
  'pulsedesk/layer-import': 'error',
  'pulsedesk/reasoned-disable': 'error',
};

const typeAwareRules = {
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/no-confusing-void-expression': 'off', // short callbacks read best when they hand a void call on
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  // These two cost a third of all linting: enums cannot occur here, and private fields keep instances of classes apart.
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  '@typescript-eslint/no-unsafe-enum-assignment': 'off',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  '@typescript-eslint/require-await': 'off',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
};

const injected = (name) =>
  `${name} is injected in this layer (lib clock, lib random), so that tests control it.`;

// One program for all: a program per process, as the type check has it, takes half as long again.
const typed = {
  project: './tsconfig.lint.json',
  tsconfigRootDir: import.meta.dirname,
  extraFileExtensions: ['.svelte'],
};

export default defineConfig(
  globalIgnores(['out/', 'dist/', 'coverage/', 'test-results/', 'playwright-report/', '.cache/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, plugins: { pulsedesk: localRules } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: typed,
    },
    rules: { ...houseRules, ...typeAwareRules },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    extends: [svelte.configs.recommended],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
  },
  {
    files: ['**/*.svelte.ts'],
    // Runes are plain TypeScript; the parser of components makes the program of types anew for each of these files.
    languageOptions: { parser: tseslint.parser },
    // Maps and addresses that nothing draws need no reactivity; what is drawn is $state.
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
  },
  {
    files: ['**/*.svelte'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      ...houseRules,
      'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'svelte/no-at-html-tags': 'error',
      'svelte/button-has-type': 'error',
    },
  },
  { files: ['src-renderer/**/*.{ts,svelte}'], rules: { 'pulsedesk/colour-literal': 'error' } },
  {
    files: ['src-renderer/**/*.{css,html}'],
    ignores: ['src-renderer/**/tokens.css'],
    languageOptions: { parser: plainTextParser },
    rules: { 'pulsedesk/colour-literal': 'error' },
  },
  {
    files: ['src-main/{sources,pipeline,store,projections,alerts,router,engine}/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: injected('Time') },
        { object: 'performance', property: 'now', message: injected('Time') },
        { object: 'Math', property: 'random', message: injected('Randomness') },
      ],
      'no-restricted-syntax': [
        'error',
        ...noReExports,
        noDoubleCast,
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: injected('Time') },
      ],
    },
  },
  {
    files: TESTS,
    rules: {
      'max-lines-per-function': 'off',
      'no-restricted-syntax': ['error', ...noReExports, noDoubleCast, noSkippedTests, noFixedWaits],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off', // matchers such as expect.any() are of type any
      '@typescript-eslint/unbound-method': 'off', // expect(port.call) looks at a spy and does not call it
    },
  },
  // A migration is one list of SQL statements, which gains nothing from being cut up.
  { files: ['src-main/store/migrations/**'], rules: { 'max-lines-per-function': 'off' } },
  { files: TOOLS, rules: { 'no-console': 'off' } },
  {
    files: ['*.js', '*.mjs', 'scripts/**/*.js'],
    languageOptions: { globals: globals.node },
    rules: houseRules,
  },
);
