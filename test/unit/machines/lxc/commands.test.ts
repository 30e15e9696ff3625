import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as commands from '../../../../src/machines/lxc/commands/containerCommands.ts';
import { reasonIn } from '../../../../src/machines/lxc/commands/lxcTool.ts';
import * as terminals from '../../../../src/machines/lxc/commands/terminalCommands.ts';
import { checkContainerName, isEntryName } from '../../../../src/machines/lxc/containerName.ts';
import { localAddresses, v6Addresses } from '../../../../src/machines/lxc/observe/networkAddresses.ts';
import { reasonsInLog } from '../../../../src/machines/lxc/operate/startLog.ts';

const ref = { lxcpath: '/var/lib/lxc', name: '-x; y' };
const line = ({ file, args }: { readonly file: string; readonly args: readonly string[] }): string =>
  [file, ...args].join('|');

test('each tool is told directory and name as one argument each', () => {
  const told = '--lxcpath=/var/lib/lxc|--name=-x; y';
  for (const [command, said] of [
    [commands.start(ref), `lxc-start|${told}|--logpriority=INFO`],
    [commands.askToHalt(ref), `lxc-stop|${told}|--nowait`],
    [commands.askToReboot(ref), `lxc-stop|${told}|--reboot|--nowait`],
    [commands.kill(ref), `lxc-stop|${told}|--kill`],
    [commands.freeze(ref), `lxc-freeze|${told}`],
    [commands.copyAsOverlay(ref, 'z'), `lxc-copy|${told}|--newname=z|--snapshot|--backingstorage=overlay`],
    [commands.runCopy(ref, 'z'), `lxc-copy|${told}|--newname=z|--ephemeral|--daemon`],
    [commands.rename(ref, 'z'), `lxc-copy|${told}|--newname=z|--rename`],
    [commands.destroy(ref, true), `lxc-destroy|${told}|--snapshots`],
    [commands.takeSnapshot(ref, ''), `lxc-snapshot|${told}`],
    [commands.restoreSnapshot(ref, 'snap0', 'z'), `lxc-snapshot|${told}|--restore=snap0|--newname=z`],
    [commands.deleteSnapshot(ref, 'snap0'), `lxc-snapshot|${told}|--destroy=snap0`],
    [terminals.attach(ref), `lxc-attach|${told}|--clear-env|--keep-var=TERM`],
    [terminals.attachCommand(ref, 'a | b'), `lxc-attach|${told}|--clear-env|--keep-var=TERM|--|/bin/sh|-c|a | b`],
    [terminals.openConsole(ref), `lxc-console|${told}`],
    [terminals.startInTerminal(ref), `lxc-start|${told}|--foreground`],
  ] as const)
    assert.equal(line(command), said);
});

test('another user is entered with what the passwd of the container says', () => {
  const user = { name: 'kim', uid: 1234, gid: 5, home: '/home/kim', shell: '/bin/ash', canLogIn: true };
  assert.match(
    line(terminals.attach(ref, user)),
    /\|--uid=1234\|--gid=5\|--set-var=HOME=\/home\/kim\|.*\|--\|\/bin\/ash\|-l$/u,
  );
});

describe('the reason that a tool of LXC gives', () => {
  for (const [said, reason] of [
    [
      'lxc-copy: b1: ../src/lxc/lxccontainer.c: do_lxcapi_clone: 3762 error: clone: /var/lib/lxc/c2/config exists\nlxc-copy: b1: ../src/lxc/tools/lxc_copy.c: do_clone: 394 Failed to clone\n',
      'clone: /var/lib/lxc/c2/config exists · Failed to clone',
    ],
    [
      'lxc-snapshot: c2: ../src/lxc/lxccontainer.c: do_lxcapi_snapshot: 4125 Snapshot of directory-backed container requested\nlxc-snapshot: c2: ../src/lxc/lxccontainer.c: do_lxcapi_snapshot: 4126 Making a copy-clone.  If you do want snapshots, then\nlxc-snapshot: c2: ../src/lxc/tools/lxc_snapshot.c: do_snapshot: 200 Error creating a snapshot\n',
      'Error creating a snapshot',
    ],
    [
      'lxc-start: a: b: ../src/lxc/tools/lxc_start.c: main: 256 No container config specified\n',
      'No container config specified',
    ],
    ['Failed to load config for bad\n', 'Failed to load config for bad'],
    ['', ''],
  ] as const)
    test(`is freed of places in its source: ${reason}`, () => {
      assert.equal(reasonIn(said), reason);
    });
});

test('the log says why a start has failed, and not that it has', () => {
  const log = [
    'lxc-start b1 20261129213322.245 NOTICE   start - ../src/lxc/start.c:start:2206 - Exec\'ing "/sbin/init"',
    'lxc-start b1 20261129213322.245 ERROR    start - ../src/lxc/start.c:start:2209 - No such file or directory - Failed to exec "/sbin/init"',
    'lxc-start b1 20261129213322.461 ERROR    lxccontainer - ../src/lxc/lxccontainer.c:wait_on_daemonized_start:837 - Received container state "ABORTING" instead of "RUNNING"',
    'lxc-start b1 20261129213322.462 ERROR    lxc_start - ../src/lxc/tools/lxc_start.c:lxc_start_main:307 - The container failed to start',
    'lxc-start a b 20261129213904.624 INFO     error - ../src/lxc/error.c:lxc_error_set_and_log:31 - Child <653> ended on error (3)',
    'half a line',
  ].join('\n');
  assert.deepEqual(reasonsInLog(log), [
    'No such file or directory - Failed to exec "/sbin/init"',
    'Child <653> ended on error (3)',
  ]);
});

test('the kernel tells the addresses of a network namespace', () => {
  const trie = [
    'Local:',
    '  +-- 0.0.0.0/1 2 0 2',
    '           |-- 10.9.8.0',
    '              /24 link UNICAST',
    '           |-- 10.9.8.2',
    '              /32 host LOCAL',
    '        |-- 10.9.8.255',
    '           /32 link BROADCAST',
    '           |-- 127.0.0.1',
    '              /32 host LOCAL',
  ].join('\n');
  assert.deepEqual(localAddresses(trie), ['10.9.8.2', '127.0.0.1']);
  assert.deepEqual(v6Addresses('fe80000000000000985d1efffe46bee9 02 40 20 c0     eth0\nnonsense\n'), [
    'fe80::985d:1eff:fe46:bee9',
  ]);
});

test('a new name is one that LXC, its files and the kernel take alike', () => {
  for (const name of ['web', 'x.y', 'a_b-c+1', 'ä', 'n'.repeat(64)]) assert.equal(checkContainerName(name), undefined);
  for (const [name, problem] of [
    ['', 'empty'],
    ['n'.repeat(65), 'tooLong'],
    ['a b', 'badCharacter'],
    ['a/b', 'badCharacter'],
    ['a:b', 'badCharacter'],
    ['a\nb', 'badCharacter'],
    ['\ud800', 'badCharacter'],
    ['-x', 'leadingDash'],
    ['.h', 'badDots'],
    ['..', 'badDots'],
  ] as const)
    assert.equal(checkContainerName(name), problem, name);
  for (const name of ['a b', '-x', 'a:b', 'a\nb']) assert.ok(isEntryName(name));
  for (const name of ['', '.', '..', '.h', 'a/b', 'a\0b']) assert.ok(!isEntryName(name));
});
