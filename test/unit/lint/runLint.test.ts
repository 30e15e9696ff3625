import assert from 'node:assert/strict';
import { test } from 'node:test';
import manifest from '../../../package.json' with { type: 'json' };
import { runLint } from '../../../src/lint/runLint.ts';

const run = (...args: readonly string[]): { code: number; out: string; error: string } => {
  const said = { out: '', error: '' };
  const code = runLint(args, { out: (text) => (said.out += text), error: (text) => (said.error += text) });
  return { code, ...said };
};

test('the version is that of the extension', () => {
  assert.deepEqual(run('--version'), { code: 0, out: `nspawn-lint ${manifest.version}\n`, error: '' });
});

test('help goes to standard output and names the exit codes', () => {
  const { code, out, error } = run('--help');
  assert.equal(code, 0);
  assert.match(out, /^Usage: nspawn-lint/u);
  assert.match(out, /Exit code: 0 .* 1 .* 2 /u);
  assert.equal(error, '');
});

test('what cannot be checked is said on standard error with exit code 2, so that no build takes it for clean', () => {
  for (const args of [[], ['web.nspawn'], ['--fix'], ['-x', 'web.nspawn']]) {
    const { code, out, error } = run(...args);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(error, /^nspawn-lint: .+\n$/u);
  }
});
