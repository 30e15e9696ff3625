import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeUtf8 } from '../../../../src/hostFacts/readText.ts';
import type { LxcRelease } from '../../../../src/schema/lxcTypes.ts';
import { noSharedFacts, sharedFacts } from '../../../differential/sharedFacts.ts';
import { across, context, fileOf, judged } from './migrated.ts';

const facts = await sharedFacts();
const skip = facts === undefined ? noSharedFacts : false;

const versions: readonly (readonly [number, LxcRelease])[] = [
  [252, '5.0'],
  [257, '6.0'],
  [262, '7.0'],
];

const samples = async (folder: string, form: RegExp): Promise<readonly (readonly [name: string, text: string])[]> => {
  const directory = join(facts ?? '', 'corpus', folder);
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && form.test(entry.name)).map(({ name }) => name);
  return Promise.all(names.map(async (name) => [name, decodeUtf8(await readFile(join(directory, name)))] as const));
};

test('what becomes of every container that LXC takes has no error for systemd-nspawn', { skip }, async () => {
  const wrong: string[] = [];
  let converted = 0;
  for (const [name, text] of await samples('lxc', /^(?!expected\.json|SOURCES)/u))
    for (const [systemdVersion, lxcVersion] of versions) {
      const of = { ...context, systemdVersion, lxcVersion };
      const result = across('lxc', text, of);
      const isTaken = !judged('lxc', text, of).some(({ effect }) => effect === 'file-refused');
      assert.equal(result.kind !== 'refused', isTaken, name);
      if (result.kind === 'refused') continue;
      converted++;
      const settings = fileOf(result, '.nspawn');
      for (const { severity, effect, message } of judged('nspawn', settings, of))
        if (severity === 'error' || effect !== 'none') wrong.push(`${name} (${systemdVersion}): ${message}`);
    }
  assert.deepEqual(wrong, []);
  assert.ok(converted > 100, String(converted));
});

test('what becomes of every .nspawn file that counts is taken by LXC', { skip }, async () => {
  const wrong: string[] = [];
  let converted = 0;
  for (const [name, text] of await samples('nspawn', /\.nspawn$/u))
    for (const [systemdVersion, lxcVersion] of versions) {
      const of = { ...context, systemdVersion, lxcVersion };
      const result = across('nspawn', text, of);
      if (result.kind === 'refused') continue;
      converted++;
      for (const { severity, effect, message } of judged('lxc', fileOf(result, '/config'), of))
        if (severity === 'error' || effect !== 'none') wrong.push(`${name} (${lxcVersion}): ${message}`);
    }
  assert.deepEqual(wrong, []);
  assert.ok(converted > 100, String(converted));
});
