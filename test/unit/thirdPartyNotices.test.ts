import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { packagesIn } from '../../scripts/thirdPartyNotices.mjs';
import { readText, root } from '../../scripts/parseSources.ts';
import { executeSync, thisNode } from '../rig/program.ts';

const directory = mkdtempSync(join(tmpdir(), 'notices-'));
after(() => rmSync(directory, { recursive: true }));

test('packages are found by what a build has read, also those of a scope and those in others', () => {
  const inputs = [
    'src/extension.ts',
    'node_modules/execa/index.js',
    'node_modules/execa/lib/a.js',
    'node_modules/@sec-ant/readable-stream/dist/b.js',
    'node_modules/a/node_modules/b/c.js',
  ];
  assert.deepEqual(packagesIn(inputs), [
    'node_modules/@sec-ant/readable-stream',
    'node_modules/a/node_modules/b',
    'node_modules/execa',
  ]);
});

describe('what is packed', () => {
  executeSync(thisNode, ['esbuild.mjs', '--production', '--metafile', `--outdir=${directory}`], { cwd: root });
  const meta = JSON.parse(readFileSync(join(directory, 'meta.json'), 'utf8')) as {
    readonly inputs: Readonly<Record<string, unknown>>;
  };
  const notices = readFileSync(join(directory, 'ThirdPartyNotices.txt'), 'utf8');

  test('names every package of the bundles with its version, its licence and the text of that', () => {
    const packages = packagesIn(Object.keys(meta.inputs));
    assert.ok(packages.length > 10, 'execa, the bus and the protocol bring more than that');
    for (const path of packages) {
      const { name, version, license } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as {
        readonly name: string;
        readonly version: string;
        readonly license: string;
      };
      assert.ok(notices.includes(`\n${name} ${version} (${license})\n`), path);
      const files = readdirSync(join(root, path)).filter((file) => /^licen[cs]e/iu.test(file));
      for (const file of files) assert.ok(notices.includes(readFileSync(join(root, path, file), 'utf8').trim()), path);
    }
  });

  test('goes into the VSIX', () => {
    assert.ok(readText('.vscodeignore').split('\n').includes('!dist/ThirdPartyNotices.txt'));
  });
});
