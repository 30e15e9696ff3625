import assert from 'node:assert/strict';
import { lstatSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { writeScript } from '../../../../src/ui/commands/migration/writeScript.ts';
import { presentTool, startSync } from '../../../rig/program.ts';

const directory = mkdtempSync(join(tmpdir(), 'nspawn-write-'));
after(() => rmSync(directory, { recursive: true }));

const source = join(directory, 'source');
writeFileSync(source, 'new\n', { mode: 0o600 });
const place = (name: string): string => join(directory, name);
const run = (
  replaced: number,
  ...pairs: readonly string[]
): { readonly status: number | null; readonly stderr: string } =>
  startSync(presentTool('sh'), ['-c', writeScript, 'sh', '%s is there already', String(replaced), ...pairs]);

test('files are written with their directories, for everybody to read', () => {
  const target = place("it's/a\\x2d b.slice");
  assert.equal(run(0, source, target, source, place('second')).status, 0);
  assert.equal(readFileSync(target, 'utf8'), 'new\n');
  assert.equal(statSync(target).mode & 0o777, 0o644);
  assert.equal(readFileSync(place('second'), 'utf8'), 'new\n');
});

test('only as many of the first as were agreed on replace what is there', () => {
  writeFileSync(place('old'), 'old\n');
  writeFileSync(place('other'), 'other\n');
  const { status, stderr } = run(1, source, place('old'), source, place('other'));
  assert.equal(status, 1);
  assert.match(stderr, /other is there already/u);
  assert.equal(readFileSync(place('old'), 'utf8'), 'new\n');
  assert.equal(readFileSync(place('other'), 'utf8'), 'other\n');
});

test('a link is replaced and never written through', () => {
  writeFileSync(place('aim'), 'aim\n');
  symlinkSync(place('aim'), place('masked'));
  symlinkSync(place('nowhere'), place('dangling'));
  assert.equal(run(0, source, place('masked')).status, 1);
  assert.equal(run(0, source, place('dangling')).status, 1);
  assert.equal(run(1, source, place('masked')).status, 0);
  assert.equal(readFileSync(place('aim'), 'utf8'), 'aim\n');
  assert.ok(lstatSync(place('masked')).isFile());
});
