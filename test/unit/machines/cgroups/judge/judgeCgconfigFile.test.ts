import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endingWithMistake, judgeCgconfigFile } from '../../../../../src/machines/cgroups/judge/judgeCgconfigFile.ts';
import type { CgconfigOpinion } from '../../../../../src/machines/cgroups/judge/judgeCgconfigFile.ts';

const judged = { path: '/tmp/x.conf', mark: 'end-1', parser: 'cgconfigparser', isRoot: true };

const opinionOn = (stderr: string, stdout = ''): CgconfigOpinion | undefined =>
  judgeCgconfigFile(judged).parse({ exitCode: 0, stdout, stderr }).opinion;

test('root hands its rights away, others have none to hand away', () => {
  const { file, args } = judgeCgconfigFile(judged);
  assert.equal(file, 'sh');
  assert.deepEqual(args.slice(-8), [
    ...['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'],
    ...['cgconfigparser', '-l', '/tmp/x.conf'],
  ]);
  const others = judgeCgconfigFile({ ...judged, isRoot: false }).args;
  assert.ok(!others.includes('setpriv'));
  assert.deepEqual(others.slice(-3), args.slice(-3));
});

test('a mistake ends the text, and no byte of it ends the input earlier', () => {
  assert.equal(endingWithMistake('group a { }', 'end-1'), 'group a { }\nmount { end-1 end-1\n');
  assert.equal(endingWithMistake('# é\n\0\uFEFF“x”', 'end-1'), '# \x01\n\x01\x01\x01x\x01\nmount { end-1 end-1\n');
});

test('the mark is reached where the text is whole', () => {
  assert.deepEqual(
    opinionOn(
      'error at line number 6 at end-1:syntax error\ncgconfigparser; error loading /tmp/x.conf: Failed to parse config file\n',
      'Error: failed to parse file /tmp/x.conf\n',
    ),
    { taken: true },
  );
});

test('the line and the word at which it stopped', () => {
  assert.deepEqual(opinionOn('error at line number 4 at }:syntax error\n'), { taken: false, line: 4, at: '}' });
  // A block is open, and there is none that could begin in it.
  assert.deepEqual(opinionOn('error at line number 7 at mount:syntax error\n'), { taken: false, line: 7, at: 'mount' });
  // A quote is open: the word may hold line ends.
  assert.deepEqual(opinionOn('error at line number 2 at ":syntax error\n'), { taken: false, line: 2, at: '"' });
  assert.deepEqual(opinionOn('parsing failed at line number 3\n'), { taken: false, line: 3 });
});

test('a controller that is mounted nowhere is named', () => {
  assert.deepEqual(
    opinionOn(
      'parsing failed at line number 3\n',
      'Adding controller foo\nfailed to get cgroup version for controller foo\nError: failed to parse file /tmp/x.conf\n',
    ),
    { taken: false, line: 3, unmounted: 'foo' },
  );
});

test('words that are about no file are no opinion', () => {
  assert.equal(opinionOn('cgconfigparser: libcgroup initialization failed: Cgroup is not mounted\n'), undefined);
});
