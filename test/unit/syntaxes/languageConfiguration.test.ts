import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../../scripts/parseSources.ts';

interface EnterRule {
  readonly beforeText: string;
  readonly afterText?: string;
  readonly previousLineText?: string;
  readonly action: { readonly indent: string; readonly appendText?: string };
}

const configuration = JSON.parse(readFileSync(join(root, 'syntaxes/nspawn.language-configuration.json'), 'utf8')) as {
  readonly wordPattern: string;
  readonly onEnterRules: readonly EnterRule[];
};

/** What VS Code does at `|`: the first rule of which all expressions fit. */
const onEnter = (marked: string): string => {
  const lines = marked.slice(0, marked.indexOf('|')).split('\n');
  const before = lines.at(-1) ?? '';
  const previous = lines.at(-2) ?? '';
  const [after = ''] = marked.slice(marked.indexOf('|') + 1).split('\n');
  const rule = configuration.onEnterRules.find(
    (one) =>
      new RegExp(one.beforeText, 'u').test(before) &&
      (one.afterText === undefined || new RegExp(one.afterText, 'u').test(after)) &&
      (one.previousLineText === undefined || new RegExp(one.previousLineText, 'u').test(previous)),
  );
  return rule === undefined ? '' : rule.action.indent + (rule.action.appendText ?? '');
};

test('Enter goes on with a comment that it breaks, and not behind one', () => {
  assert.equal(onEnter('# a |b'), 'none# ');
  assert.equal(onEnter('  ; a|b'), 'none; ');
  assert.equal(onEnter('# a|'), '');
});

test('Enter indents behind a backslash, keeps that, and goes back where the value ends', () => {
  assert.equal(onEnter('Parameters=a \\|'), 'none    ');
  assert.equal(onEnter('Parameters=a \\\n    b \\|'), 'none');
  assert.equal(onEnter('Parameters=a \\\n    b|'), 'outdent');
  assert.equal(onEnter('Parameters=a \\\\|'), '');
  assert.equal(onEnter('Parameters=a \\\\\\|'), 'none    ');
  assert.equal(onEnter('# a \\\n    b|'), '');
  assert.equal(onEnter('Boot=yes|'), '');
  assert.equal(onEnter('[Exec]|'), '');
});

test('A word is what stands between the signs of a value', () => {
  const words = (text: string): readonly string[] => text.match(new RegExp(configuration.wordPattern, 'gu')) ?? [];
  assert.deepEqual(words('[Exec]'), ['Exec']);
  assert.deepEqual(words('SystemCallFilter=~@mount kexec_load'), ['SystemCallFilter', '@mount', 'kexec_load']);
  assert.deepEqual(words('Bind=+/srv/a-b.c:/mnt:idmap,norbind'), ['Bind', 'srv', 'a-b.c', 'mnt', 'idmap', 'norbind']);
  assert.deepEqual(words('ResolvConf=copy-host'), ['ResolvConf', 'copy-host']);
});
