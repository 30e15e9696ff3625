import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { removeTree, repositoryRoot } from '../rig/cache.ts';
import { ownProgram, startSync } from '../rig/program.ts';
import { stageExtension } from '../workbench/stageExtension.ts';

test('the extension is staged, and an extension host runs a suite without tests', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'nspawn-setup-'));
  try {
    await stageExtension(join(directory, 'extension'));
    await writeFile(join(directory, 'suite.js'), 'exports.run = async () => undefined;\n');
    const args = [
      `--extensionDevelopmentPath=${join(directory, 'extension')}`,
      `--extensionTestsPath=${join(directory, 'suite.js')}`,
      `--user-data-dir=${join(directory, 'user')}`,
    ];
    const code = ownProgram(join(repositoryRoot, 'test/workbench/code'));
    const { status, stdout, stderr } = startSync(code, args, { env: { ...process.env, TEST_NODE: process.execPath } });
    assert.equal(status, 0, stdout + stderr);
  } finally {
    await removeTree(directory);
  }
});
