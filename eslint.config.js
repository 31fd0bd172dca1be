import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const NO_ENUMS = { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' };
/** SQL that says itself whose rows it wants. */
const TENANCY = String.raw`/project_id\s+(=|<>|IN)\s|scope\s+(=|<>)\s+'/`;

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      'node_modules/**',
      'data/**',
      'coverage/**',
      'scripts/**',
      '**/*.mjs',
      '*.config.js',
      '.dependency-cruiser.cjs',
    ],
  },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', NO_ENUMS],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Control characters are data here: texts are read as Python reads them.
      'no-control-regex': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      // Overflows the stack on recursive types such as Json (typescript-eslint 8.73).
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['**/*.spec.ts', 'src/store/tenancy.ts', 'src/store/resource-member.store.ts', 'src/store/migrations/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        NO_ENUMS,
        ...[`Literal[value=${TENANCY}]`, `TemplateElement[value.raw=${TENANCY}]`].map((selector) => ({
          selector,
          message: 'Who sees which rows is decided in src/store/tenancy.ts.',
        })),
      ],
    },
  },
  {
    files: ['src/core/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'setInterval', 'fetch'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'core/ takes time as an argument.' },
        { object: 'Math', property: 'random', message: 'core/ takes randomness as an argument.' },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'plugins/**/*.ts'],
    ignores: ['src/config/**', '**/*.spec.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/config reads the environment.' },
      ],
    },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: { '@typescript-eslint/no-base-to-string': 'off', 'max-lines-per-function': 'off', 'max-lines': 'off' },
  },
);
