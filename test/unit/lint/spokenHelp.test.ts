import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, describe, test } from 'node:test';
import { root } from '../../../scripts/parseSources.ts';
import { executeSync, thisNode } from '../../rig/program.ts';

/** As it is installed: the program in one folder, the bundles of its languages beside that. */
const home = mkdtempSync(join(tmpdir(), 'spoken-'));
after(() => rmSync(home, { recursive: true }));
mkdirSync(join(home, 'dist'));
symlinkSync(join(root, 'l10n'), join(home, 'l10n'));
const program = join(home, 'dist', 'linter.mjs');
writeFileSync(program, `import ${JSON.stringify(pathToFileURL(join(root, 'src/lint/main.ts')).href)};\n`);

const says = (lang: string, ...args: readonly string[]): string =>
  executeSync(thisNode, [program, ...args], { env: { LANG: lang } });

/** A word that only that language has, and one that the English help has. */
const languages = [
  { lang: 'en_GB.UTF-8', locale: 'en', usage: /^Usage: nspawn-lint / },
  { lang: 'fr_FR.UTF-8', locale: 'fr', usage: /^Utilisation\u00a0: nspawn-lint / },
  { lang: 'zh_CN.UTF-8', locale: 'zh-cn', usage: /^用法：nspawn-lint / },
];

describe('--help', () => {
  for (const { lang, locale, usage } of languages)
    test(`speaks ${locale} where the environment or --locale says so`, () => {
      const help = says(lang, '--help');
      assert.match(help, usage);
      assert.equal(says('C.UTF-8', '--help', `--locale=${locale}`), help);
      // Each option has a line, and all of them begin in the same column.
      const columns = help
        .split('\n')
        .filter((line) => line.startsWith('  --'))
        .map((line) => /^ {2}.*? {2,}(?=\S)/u.exec(line)?.[0].length ?? 0);
      assert.deepEqual(new Set(columns), new Set([29]));
      assert.equal(columns.length, 16);
    });

  test('has no English left in the others', () => {
    const english = new Set(says('C', '--help').split('\n').filter(Boolean));
    for (const locale of ['fr', 'zh-cn'])
      for (const line of says('C', '--help', '--locale', locale).split('\n'))
        assert.ok(!english.has(line) || line.includes('libcgroup-version') || line.includes('lxc-version'), line);
  });
});

test('what is wrong with a command line is said in the language, too', async () => {
  const l10n = await import('@vscode/l10n');
  const { readArguments, UsageError } = await import('../../../src/lint/options.ts');
  const said = (...args: readonly string[]): string => {
    try {
      readArguments(args);
    } catch (error) {
      if (error instanceof UsageError) return error.message;
      throw error;
    }
    return '';
  };
  assert.equal(said('--nothing', 'x'), 'There is no option --nothing.');
  assert.equal(said('-x', 'x'), 'There is no option -x.');
  assert.equal(said('--quiet=yes', 'x'), '--quiet takes no argument.');
  assert.equal(said('--format', '--fix', 'x'), '--format needs an argument.');
  assert.equal(said('x', '--format'), '--format needs an argument.');
  const bundle = Object.fromEntries(
    ['There is no option {0}.', 'No file is named.'].map((text) => [text, `⟦${text}⟧`]),
  );
  l10n.config({ contents: bundle });
  assert.equal(said('--nothing', 'x'), '⟦There is no option --nothing.⟧');
  assert.equal(said(), '⟦No file is named.⟧');
});
