import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { removeTree, repositoryRoot } from '../rig/cache.ts';
import { ownProgram, startSync } from '../rig/program.ts';

/** Runs `code` with a suite of one line, and tells its exit code. */
const exitCodeOf = async (run: string): Promise<{ readonly exitCode: number | null; readonly stderr: string }> => {
  const directory = await mkdtemp(join(tmpdir(), 'nspawn-code-test-'));
  try {
    const suite = join(directory, 'suite.js');
    await writeFile(suite, `exports.run = async () => { ${run} };`);
    const manifest = { name: 'empty', publisher: 'test', version: '0.0.1', engines: { vscode: '*' } };
    await writeFile(join(directory, 'package.json'), JSON.stringify(manifest));
    const { status, stderr } = startSync(
      ownProgram(join(repositoryRoot, 'test/workbench/code')),
      [
        `--extensionDevelopmentPath=${directory}`,
        `--extensionTestsPath=${suite}`,
        `--user-data-dir=${join(directory, 'user')}`,
      ],
      { env: { ...process.env, TEST_NODE: process.execPath } },
    );
    return { exitCode: status, stderr };
  } finally {
    await removeTree(directory);
  }
};

// VS Code itself reports the end of a killed extension host as 0, which would make every suite behind it green.
test('an extension host that dies is a failure', async () => {
  const { exitCode, stderr } = await exitCodeOf("process.kill(process.pid, 'SIGKILL')");
  assert.notEqual(exitCode, 0);
  assert.match(stderr, /the extension host died/);
});

test('a suite that throws is a failure', async () => {
  const { exitCode } = await exitCodeOf("throw new Error('no')");
  assert.equal(exitCode, 1);
});
