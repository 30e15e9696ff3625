import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileTypes } from '../../../src/language/fileTypes.ts';
import { longestText, mostFindings } from '../../../src/language/limits.ts';
import { nothingNamed } from '../../../src/language/namedOnHost.ts';
import { applyFixes } from '../../../src/lint/applyFixes.ts';
import { createGroupsBeside } from '../../../src/lint/groupsBeside.ts';
import { migrateText } from '../../../src/lint/migrateText.ts';
import { runLint } from '../../../src/lint/runLint.ts';

const directory = mkdtempSync(join(tmpdir(), 'nspawn-lint-limits-'));
after(() => rmSync(directory, { recursive: true }));

const file = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

const run = (...args: readonly string[]): { readonly code: number; readonly out: string; readonly error: string } => {
  const said = { out: '', error: '' };
  const code = runLint(args, {
    out: (text) => void (said.out += text),
    error: (text) => void (said.error += text),
    readInput: () => Buffer.from(''),
    pages: join(import.meta.dirname, '../../../docs/rules'),
    readHost: () => undefined,
    lookAtHost: () => nothingNamed,
    types: fileTypes,
    applyFixes,
    createGroupsBeside,
    migrateText,
  });
  return { code, ...said };
};

const formats = ['text', 'json', 'sarif', 'github'] as const;

const longTexts = {
  'long.nspawn': '[Exec]\nboot=yes\n',
  'cgconfig.conf': 'group g { cpu { cpu.shares = 1; } }\n',
  'cgrules.conf': 'u cpu  g\n',
};

for (const [name, unit] of Object.entries(longTexts))
  test(`a ${name} that is too long is named in every format, fails a build, and stays as it is with --fix`, () => {
    const text = unit.repeat(Math.ceil(10_000_000 / unit.length));
    const path = file(name, text);
    for (const format of formats) {
      const { code, out } = run('--format', format, path);
      assert.equal(code, 1);
      assert.match(out, /file-too-long/u);
    }
    assert.equal(run('--fix', path).code, 1);
    assert.equal(readFileSync(path, 'utf8') === text, true, 'no byte is changed');
    rmSync(path);
  });

test('a file that is too long is not migrated', () => {
  const path = file('cgconfig.conf', longTexts['cgconfig.conf'].repeat(longestText / 16));
  for (const to of ['v2', 'systemd']) {
    const { code, out, error } = run('--migrate', to, path);
    assert.deepEqual({ code, out }, { code: 2, out: '' });
    assert.match(error, /has \d+ characters/u);
  }
  rmSync(path);
});

test('beside a file of groups that is too long no group is called missing', () => {
  const path = file('cgrules.conf', 'root cpu nowhere\n');
  file('cgconfig.conf', 'group g { cpu { } }\n');
  assert.match(run(path).out, /rule-undefined-group/u);
  const groups = file('cgconfig.conf', longTexts['cgconfig.conf'].repeat(longestText / 16));
  assert.doesNotMatch(run(path).out, /rule-undefined-group/u);
  rmSync(path);
  rmSync(groups);
});

const manyFindings = {
  'many.nspawn': `[Exec]\n${'Unknown=1\n'.repeat(mostFindings + 2000)}Boot=perhaps\n`,
  'cgconfig.conf': `group a { cpu {\n${';'.repeat(mostFindings + 2000)}\n} }\n`,
  'cgrules.conf': 'a\n'.repeat(mostFindings + 2000),
};

for (const [name, text] of Object.entries(manyFindings))
  test(`of very many findings of a ${name} the most serious are listed in every format, with a word on the rest`, () => {
    const path = file(name, text);
    const { out, code } = run('--format', 'json', path);
    const findings = JSON.parse(out) as readonly { readonly rule: string; readonly message: string }[];
    assert.equal(code, 1);
    assert.equal(findings.length, mostFindings + 1);
    assert.equal(findings.at(-1)?.rule, 'more-findings');
    assert.match(findings.at(-1)?.message ?? '', /\d{4} more/u);
    for (const format of formats) {
      const said = run('--quiet', '--format', format, path);
      assert.equal(said.code, 1);
      assert.match(said.out, /more-findings/u);
    }
    rmSync(path);
  });

test('--fix repairs also what is not listed', () => {
  const path = file('fix.nspawn', `[Exec]\n${'Unknown=1\n'.repeat(mostFindings + 10)}boot=yes\n`);
  const before = run(path).out;
  assert.match(before, /more-findings/u);
  assert.doesNotMatch(before, /“?boot/iu);
  run('--fix', path);
  const after = readFileSync(path, 'utf8');
  assert.match(after, /^Boot=yes$/mu);
});
