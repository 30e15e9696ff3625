// Type-aware lint, and the import walls of docs/architecture.md: a wrong import fails the build.
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What holds everywhere. */
const syntax = [
  { selector: 'ExportDefaultDeclaration', message: 'No default exports.' },
  { selector: 'ExportAllDeclaration', message: 'No barrels.' },
  { selector: 'Program > VariableDeclaration[kind="let"]', message: 'No module-level let.' },
  { selector: 'CallExpression[callee.name="setInterval"]', message: 'Nothing is polled.' },
];

/**
 * VS Code makes links and icons of texts that it is handed here, so each kind goes through the one file that takes both away.
 * @param {string} names
 * @param {string} message
 */
const sink = (names, message) => ({
  selector: `MemberExpression[object.object.name="vscode"][object.property.name="window"][property.name=/^(${names})$/]`,
  message,
});
const sinks = [
  sink(
    'show(Information|Warning|Error)Message|withProgress|setStatusBarMessage|createStatusBarItem',
    'Only ui/notifications.ts hands a text to a notification.',
  ),
  sink('(show|create)QuickPick|showInputBox|createInputBox', 'Only ui/questions.ts hands a text to a question.'),
  sink('createTerminal', 'Only ui/terminal.ts opens a terminal.'),
  {
    selector: 'MemberExpression[object.object.name="vscode"][property.name="createLanguageStatusItem"]',
    message: 'Only ui/languageItem.ts hands a text to what stands beside the language.',
  },
  {
    selector: 'NewExpression[callee.object.name="vscode"][callee.property.name="TreeItem"]',
    message: 'Only ui/tree/treeItem.ts hands a text to a row.',
  },
  {
    selector: 'MemberExpression[object.name="vscode"][property.name="MarkdownString"]',
    message: 'ui shows plain texts only.',
  },
];

/**
 * @param {string[]} files
 * @param {({ group: string[], message: string } | { regex: string, message: string })[]} patterns
 * @returns {import('eslint').Linter.Config}
 */
const wall = (files, patterns) => ({
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
});

const rooms = (/** @type {string[]} */ ...names) => names.map((name) => `**/${name}/**`);
const lsp = ['vscode-languageclient', 'vscode-languageclient/*', 'vscode-languageserver', 'vscode-languageserver/*'];

/** For the room that knows texts. */
const textOnly = {
  group: [
    ...rooms('machines', 'ui', 'server', 'lint', 'generate', 'hostFacts', 'hostFiles'),
    'node:*',
    'vscode',
    'execa',
    'vscode-languageclient',
    'vscode-languageserver',
    'vscode-languageserver/*',
  ],
  message: 'language knows schema and text only.',
};

const knowsTheHostOnly = 'machines knows the host only.';
/** machines knows no file formats; where systemd looks for images, and which release has the hole, both halves ask in one list. */
const onlyTheHost = (/** @type {string[]} */ ...packages) => [
  {
    group: [...rooms('language', 'hostFacts', 'ui', 'server', 'lint'), 'vscode', ...packages, ...lsp],
    message: knowsTheHostOnly,
  },
  { regex: '/schema/(?!(?:imageDirectories|systemdRelease)\\.ts$)', message: knowsTheHostOnly },
];

/** What is done to a machine is asked of its backend, as `machines/backend.ts` has it. */
const noBackend = {
  regex: '/machines/(?!host/|cgroups/)[^/]+/',
  message: 'ui asks the backend of a machine: machines/backend.ts.',
};

const inMachines = [
  ...onlyTheHost(),
  { group: ['execa'], message: 'Only host/runWithExeca.ts imports execa.' },
  { group: ['dbus-native'], message: 'Only host/systemBus.ts imports dbus-native.' },
];

export default defineConfig(
  { ignores: ['dist/', '.cache/', 'screenshots/', 'node_modules/'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/strict-boolean-expressions': ['error', { allowNullableString: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-syntax': ['error', ...syntax],
      eqeqeq: 'error',
    },
  },
  wall(
    ['src/schema/**'],
    [
      {
        group: [...rooms('language', 'machines', 'ui', 'server', 'lint', 'generate'), 'vscode', ...lsp],
        message: 'schema imports nothing.',
      },
    ],
  ),
  wall(
    ['src/protocol/**'],
    [{ regex: '.', message: 'protocol is types that both halves speak, and imports nothing.' }],
  ),
  wall(
    ['src/hostFiles/**'],
    [{ regex: '^(?!node:)', message: 'hostFiles is what both halves read of files in one way: with Node alone.' }],
  ),
  wall(['src/language/**'], [textOnly]),
  // A file type brings what is its own as members of its row, so a new one changes no feature.
  wall(
    ['src/language/features/**'],
    [
      textOnly,
      { group: rooms('nspawn', 'cgconfig', 'cgrules', 'cgroups', 'lxc'), message: 'features know no file type.' },
    ],
  ),
  wall(
    ['src/hostFacts/**'],
    [
      {
        group: [...rooms('machines', 'ui', 'server', 'lint', 'generate'), 'vscode', 'execa', ...lsp],
        message: 'hostFacts knows the language and this host only.',
      },
    ],
  ),
  wall(
    ['src/server/**', 'src/lint/**'],
    [
      {
        group: [
          ...rooms('machines', 'ui', 'generate'),
          'vscode',
          'execa',
          'vscode-languageclient',
          'vscode-languageclient/*',
        ],
        message: 'server and lint know the language only.',
      },
    ],
  ),
  wall(['src/machines/**'], inMachines),
  // What every host offers knows no backend; a control group is known to backends and knows none.
  wall(
    ['src/machines/host/**'],
    [
      ...inMachines,
      { group: rooms('nspawn', 'lxc', 'cgroups'), message: 'host knows no backend and no control groups.' },
    ],
  ),
  wall(
    ['src/machines/cgroups/**'],
    [...inMachines, { group: rooms('nspawn', 'lxc'), message: 'cgroups knows no backend.' }],
  ),
  // What the backends have in common knows none of them; only the list of them does.
  wall(
    ['src/machines/*.ts'],
    [
      ...inMachines,
      { regex: '^\\./(?!host/|cgroups/)[^/]+/', message: 'Only machines/backends.ts knows the backends.' },
    ],
  ),
  wall(['src/machines/backends.ts'], inMachines),
  wall(
    ['src/machines/nspawn/**'],
    [...inMachines, { group: rooms('lxc'), message: 'A backend knows no other backend.' }],
  ),
  wall(
    ['src/machines/lxc/**'],
    [...inMachines, { group: rooms('nspawn'), message: 'A backend knows no other backend.' }],
  ),
  wall(['src/machines/host/runWithExeca.ts'], onlyTheHost()),
  wall(['src/machines/host/systemBus.ts'], onlyTheHost('execa')),
  wall(
    ['src/extension.ts'],
    [
      {
        group: [...rooms('language', 'schema', 'hostFacts', 'server', 'lint'), 'execa', 'dbus-native', ...lsp],
        message: 'extension.ts wires ui and machines together.',
      },
    ],
  ),
  wall(
    ['src/ui/**'],
    [
      {
        group: [...rooms('language', 'schema', 'hostFacts', 'server', 'lint'), 'execa', 'dbus-native', ...lsp],
        message: 'ui knows machines and vscode.',
      },
      {
        regex: '/machines/(?!host/|cgroups/)[^/]+/',
        message: 'ui asks the backend of a machine: machines/backend.ts.',
      },
    ],
  ),
  wall(['src/extension.ts'], [noBackend]),
  {
    files: ['src/ui/**'],
    ignores: [
      'src/ui/notifications.ts',
      'src/ui/questions.ts',
      'src/ui/terminal.ts',
      'src/ui/languageItem.ts',
      'src/ui/tree/treeItem.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...syntax, ...sinks] },
  },
  wall(
    ['src/ui/languageClient.ts'],
    [
      {
        group: [...rooms('language', 'schema', 'hostFacts', 'server', 'lint'), 'execa'],
        message: 'The language client knows the protocol only.',
      },
    ],
  ),
  {
    files: ['test/**', 'scripts/**', '*.mjs'],
    rules: {
      // node:test returns promises that the runner itself awaits.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            {
              from: 'package',
              package: 'node:test',
              name: ['test', 'describe', 'it', 'suite', 'before', 'after', 'beforeEach', 'afterEach'],
            },
          ],
        },
      ],
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: ['test/**', 'scripts/**', '*.mjs'],
    // What runs inside a host has the packages of that host; bootstrap.mjs runs before anything is there, on npm and tar alone.
    ignores: ['test/rig/program.ts', 'test/host/programs/**', 'scripts/bootstrap.mjs'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['node:child_process', 'child_process', 'execa'],
              allowTypeImports: true,
              message: 'Only test/rig/program.ts starts programs: it knows where each comes from.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
    rules: { 'no-undef': 'off', '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
);
