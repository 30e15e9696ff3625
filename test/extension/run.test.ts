/** Runs suite/ in a real extension host and reports each of its tests as one of its own. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { runTests } from '@vscode/test-electron';
import esbuild from 'esbuild';
import { removeTree, repositoryRoot } from '../rig/cache.ts';
import { progress } from '../rig/progress.ts';
import { ensureVsCode } from '../workbench/installVsCode.ts';
import { stageExtension } from '../workbench/stageExtension.ts';
import { desktopExecutable } from './desktop.ts';
import type { TestResult } from './suite/testResult.ts';

const readResults = async (path: string): Promise<readonly TestResult[]> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TestResult);
};

test('in the extension host', async (context) => {
  const directory = await mkdtemp(join(tmpdir(), 'nspawn-extension-test-'));
  context.after(() => removeTree(directory));
  const extensionDevelopmentPath = join(directory, 'extension');
  await stageExtension(extensionDevelopmentPath);
  const extensionTestsPath = join(directory, 'suite.js');
  await esbuild.build({
    entryPoints: [join(repositoryRoot, 'test/extension/suite/main.ts')],
    outfile: extensionTestsPath,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  });
  const desktop = await desktopExecutable(directory, progress);
  if (desktop === undefined) await ensureVsCode();
  const results = join(directory, 'results.jsonl');
  const run = runTests({
    vscodeExecutablePath: desktop ?? join(repositoryRoot, 'test/workbench/code'),
    extensionDevelopmentPath,
    extensionTestsPath,
    launchArgs: [`--user-data-dir=${join(directory, 'user')}`, `--extensions-dir=${join(directory, 'extensions')}`],
    extensionTestsEnv: {
      TEST_NODE: process.execPath,
      NSPAWN_TEST_RESULTS: results,
      NSPAWN_TEST_MOCHA: pathToFileURL(join(repositoryRoot, 'node_modules/mocha/index.js')).href,
    },
  });
  const failure = await run.then(
    () => undefined,
    (error: unknown) => error,
  );
  const reported = await readResults(results);
  for (const result of reported) {
    if (result.kind === 'end') continue;
    await context.test(result.title, () => {
      if (result.kind === 'failed') assert.fail(result.stack);
    });
  }
  assert.equal(reported.at(-1)?.kind, 'end', `the extension host did not finish its tests: ${String(failure)}`);
  // A failed test has been reported as itself.
  if (reported.every((result) => result.kind !== 'failed')) assert.equal(failure, undefined);
});
