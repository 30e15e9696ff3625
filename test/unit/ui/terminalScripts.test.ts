import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { deafToHangUp, holdScript, plainParameter, statusScript } from '../../../src/ui/terminalScripts.ts';
import { presentTool, startSync } from '../../rig/program.ts';

const directory = mkdtempSync(join(tmpdir(), 'nspawn-test-'));
after(() => rmSync(directory, { recursive: true, force: true }));

const sh = (script: string, parameters: readonly string[]): { code: number | null; stdout: string } => {
  const { status, stdout } = startSync(presentTool('/bin/sh'), ['-c', script, 'sh', ...parameters], { input: '\n' });
  return { code: status, stdout };
};

const nasty = [
  'a b',
  '-n',
  '$(touch pwned)',
  '\'"`',
  'two\nlines',
  '',
  'end\n\n',
  '.',
  '\\0101\\c\\',
  '%s',
  'ü漢',
  '*',
];
const hostile = ['[x](command:y)', '$(squirrel)', '*b* _b_ `b` ~b~', '<b>b</b>', '\\](command:y)', 'a|b', '!'];

test('arguments reach the tool as they are, whatever they hold', () => {
  for (const before of [
    [holdScript, 'Press', 'failure', '', ''],
    [statusScript, 'Press', join(directory, 'exact'), 'failure'],
  ] as const) {
    const [script, ...rest] = before;
    const all = [...nasty, ...hostile];
    const { stdout } = sh(script, [...rest, ...['printf', '[%s]', ...all].map(plainParameter)]);
    assert.equal(stdout, all.map((argument) => `[${argument}]`).join(''));
  }
});

test('nothing that a terminal is given has a meaning in markdown', () => {
  for (const parameter of hostile) assert.match(plainParameter(parameter), /^(?:[A-Za-z0-9/.:=,+@-]|\\0\d{3})+$/u);
  assert.equal(plainParameter('/srv/my-image.raw'), '/srv/my-image.raw');
});

test('no tool is found in the directory that the terminal stands in', () => {
  for (const tool of ['date', 'mv', 'sleep', 'trap-of-a-stranger'])
    writeFileSync(join(directory, tool), '#!/bin/sh\necho trapped\n', { mode: 0o755 });
  const scripts = [
    [holdScript, 'Press', 'failure', '', ''],
    [statusScript, 'Press', join(directory, 'stranger'), 'failure'],
  ] as const;
  for (const PATH of [
    '.:/usr/bin:/bin',
    ':/usr/bin:/bin',
    '/usr/bin:/bin:',
    '/usr/bin::/bin',
    './:/usr/bin:/bin',
    '*:/bin',
  ])
    for (const [script, ...rest] of scripts) {
      const tool = ['sh', '-c', 'trap-of-a-stranger; sleep 0; printf %s "$PATH" "$1"', 'sh', '*'];
      const parameters = [...rest, ...tool.map(plainParameter)];
      const { stdout } = startSync(presentTool('/bin/sh'), ['-c', script, 'sh', ...parameters], {
        cwd: directory,
        env: { PATH },
        input: '\n',
      });
      assert.doesNotMatch(stdout, /trapped/u, PATH);
      assert.match(stdout, /^(?:\/usr\/bin:)?\/bin\*/u, PATH);
    }
});

test('a console that fails at once keeps its last words until a key is pressed', () => {
  const { code, stdout } = sh(holdScript, ['Press', 'failure', '', '', '/bin/sh', '-c', 'echo why; exit 3']);
  assert.equal(stdout, 'why\n\nPress ');
  assert.equal(code, 0);
});

test('a console that ends well, or by Ctrl+C, closes', () => {
  assert.equal(sh(holdScript, ['Press', 'failure', '', '', 'true']).stdout, '');
  assert.equal(sh(holdScript, ['Press', 'failure', '', '', '/bin/sh', '-c', 'exit 130']).stdout, '');
});

test('the output of a command can be read before its terminal closes', () => {
  assert.equal(sh(holdScript, ['Press', 'always', '', '', 'echo', 'done']).stdout, 'done\n\nPress ');
});

test('the exit code of a tool is written whole, and nothing else is left', () => {
  const status = join(directory, 'status');
  const { code, stdout } = sh(statusScript, ['Press', status, 'failure', '/bin/sh', '-c', 'exit 7']);
  assert.equal(readFileSync(status, 'utf8'), '7');
  assert.equal(stdout, '\nPress ');
  assert.equal(code, 0);
  assert.equal(sh(statusScript, ['Press', status, 'failure', 'true']).stdout, '');
  assert.equal(readFileSync(status, 'utf8'), '0');
  assert.equal(sh(statusScript, ['Press', status, 'always', 'true']).stdout, '\nPress ');
  assert.deepEqual(
    readdirSync(directory).filter((name) => name.endsWith('.new')),
    [],
  );
});

test('a tool that is not there is told by the shell', () => {
  const status = join(directory, 'missing');
  sh(statusScript, ['Press', status, 'failure', '/nonexistent/tool']);
  assert.equal(readFileSync(status, 'utf8'), '127');
});

test('a hang-up does not kill the tool that ends its machine by itself, and kills what is around it', () => {
  const hangUp = { file: '/bin/sh', args: ['-c', 'kill -HUP $$; echo "alive $1"', 'sh', 'a b'] };
  const { file, args } = deafToHangUp(hangUp);
  const run = (...call: readonly string[]): string =>
    sh(holdScript, ['Press', 'failure', '', '', ...call.map(plainParameter)]).stdout;
  assert.equal(run(file, ...args), 'alive a b\n');
  assert.doesNotMatch(run(hangUp.file, ...hangUp.args), /alive/u);
});

test('a line stands above what the tool says, and another below one that ends at once where a person would end it', () => {
  const words = ['$(id) above', '[below](command:x)'].map(plainParameter);
  const end = 'Press ';
  assert.equal(
    sh(holdScript, ['Press', 'failure', ...words, 'echo', 'said']).stdout,
    `$(id) above\n\nsaid\n\n[below](command:x)\n\n${end}`,
  );
  assert.equal(sh(holdScript, ['Press', 'failure', '', '', 'echo', 'said']).stdout, 'said\n');
  // It has lasted long enough for a person to have ended it.
  assert.equal(sh(holdScript, ['Press', 'failure', '', 'below', 'sleep', '2']).stdout, '');
});
