import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, afterEach, test } from 'node:test';
import { compileFile } from '../../../src/lint/keptCode.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kept-code-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const require = createRequire(import.meta.url);
const result = new Map<string, unknown>();
Object.assign(globalThis, { tellResult: (value: unknown) => result.set('value', value) });

/** Runs the file as the linter is started, and says what it told and whether its code was there before. */
const runOnce = (file: string, place: string): readonly [unknown, boolean] => {
  const { isKept, run, keep } = compileFile(file, place);
  run(require);
  if (!isKept) keep();
  return [result.get('value'), isKept];
};

const source = (word: string): string =>
  `#!/usr/bin/env node\n(function (require) { const say = () => globalThis.tellResult(require('node:path').basename('/x/${word}')); say(); })\n`;

test('the second run finds the code of the first', () => {
  const [file, place] = [join(directory, 'a.js'), join(directory, 'cache/deep/a')];
  writeFileSync(file, source('one'));
  assert.deepEqual(runOnce(file, place), ['one', false]);
  assert.deepEqual(runOnce(file, place), ['one', true]);
  assert.deepEqual(readdirSync(join(directory, 'cache/deep')), ['a']);
});

test('code of another text of the same length is not run', async () => {
  const [file, place] = [join(directory, 'a.js'), join(directory, 'cache/a')];
  writeFileSync(file, source('one'));
  runOnce(file, place);
  await new Promise((done) => setTimeout(done, 20));
  writeFileSync(file, source('two'));
  assert.deepEqual(runOnce(file, place), ['two', false]);
  assert.deepEqual(runOnce(file, place), ['two', true]);
});

test('code of another file of the same name and size is not run, were it of the same moment', () => {
  const [file, place] = [join(directory, 'a.js'), join(directory, 'cache/a')];
  writeFileSync(file, source('one'));
  runOnce(file, place);
  // As if the other file had been changed at the same moment: what tells it apart is its inode alone.
  const { ctimeNs, ino } = statSync(file, { bigint: true });
  writeFileSync(join(directory, 'b.js'), source('two'));
  renameSync(join(directory, 'b.js'), file);
  const other = statSync(file, { bigint: true });
  assert.notEqual(other.ino, ino);
  const kept = readFileSync(place, 'latin1');
  assert.equal(kept.includes(`"${ctimeNs}"`), true);
  assert.equal(`${ctimeNs}`.length, `${other.ctimeNs}`.length);
  writeFileSync(place, kept.replace(`"${ctimeNs}"`, `"${other.ctimeNs}"`), 'latin1');
  assert.deepEqual(runOnce(file, place), ['two', false]);
});

test('what lies there damaged is not run', () => {
  const [file, place] = [join(directory, 'a.js'), join(directory, 'cache/a')];
  writeFileSync(file, source('one'));
  runOnce(file, place);
  writeFileSync(place, 'nothing of ours');
  assert.deepEqual(runOnce(file, place), ['one', false]);
});

test('a directory that others may write into is neither read nor written', () => {
  const [file, place] = [join(directory, 'a.js'), join(directory, 'cache/a')];
  writeFileSync(file, source('one'));
  runOnce(file, place);
  chmodSync(join(directory, 'cache'), 0o777);
  assert.deepEqual(runOnce(file, place), ['one', false]);
  rmSync(place);
  runOnce(file, place);
  assert.deepEqual(readdirSync(join(directory, 'cache')), []);
});
