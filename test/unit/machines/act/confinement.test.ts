import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { filterProperties, limitProperties } from '../../../../src/machines/nspawn/attach/confinement.ts';
import { parseCommandLine } from '../../../../src/machines/nspawn/attach/commandLine.ts';
import { readFilterLines } from '../../../../src/machines/nspawn/attach/startedWith.ts';

const noSettings = { allowed: [], forbidden: [], families: [] };

/** What systemd-nspawn leaves a machine: with SYS_PTRACE, SYS_BOOT and SYS_TTY_CONFIG. */
const usualCapabilities = 0xfcecafffn;
const sysTime = 1n << 25n;
const sysModule = 1n << 16n;

const filterOf = (more: Partial<Parameters<typeof filterProperties>[0]> = {}): readonly string[] =>
  filterProperties({ capabilities: usualCapabilities, ownUserNamespace: false, settings: noSettings, ...more });

const callsOf = (properties: readonly string[]): readonly string[] =>
  (properties[0] ?? '').slice('SystemCallFilter='.length).split(' ');

describe('the filter of a shell', () => {
  test('is a list of what is allowed, without what systemd-nspawn keeps from every machine', () => {
    const calls = callsOf(filterOf());
    assert.ok(calls.includes('@file-system'));
    assert.ok(calls.includes('ptrace'));
    const kept = [
      'open_by_handle_at',
      'bpf',
      'perf_event_open',
      'fanotify_init',
      'lookup_dcookie',
      'quotactl',
      '@pkey',
    ];
    const groups = ['@module', '@raw-io', '@clock', '@keyring', '@swap', '@cpu-emulation', '@obsolete', '@privileged'];
    for (const call of [...kept, ...groups]) assert.ok(!calls.includes(call), call);
    assert.ok(filterOf().includes('SystemCallErrorNumber=EPERM'));
  });

  test('has what belongs to a capability only where the machine has that', () => {
    assert.ok(!callsOf(filterOf({ capabilities: 0n })).includes('ptrace'));
    assert.ok(callsOf(filterOf({ capabilities: sysTime })).includes('@clock'));
    assert.ok(callsOf(filterOf({ capabilities: sysModule })).includes('@module'));
  });

  test('does not believe capabilities in a user namespace, which a machine can give itself', () => {
    const calls = callsOf(filterOf({ capabilities: (1n << 41n) - 1n, ownUserNamespace: true }));
    for (const group of ['@clock', '@module', '@raw-io', '@memlock', 'acct', 'syslog'])
      assert.ok(!calls.includes(group));
    assert.ok(calls.includes('ptrace'));
  });

  test('has what the settings allow and forbid, and nothing that only a unit would understand', () => {
    const settings = {
      allowed: ['bpf', 'mount:kill', '~x'],
      forbidden: ['@mount', 'chown'],
      families: ['AF_INET AF_UNIX', '~AF_PACKET'],
    };
    const properties = filterOf({ settings });
    assert.equal(callsOf(properties).at(-1), 'bpf');
    assert.deepEqual(properties.slice(1), [
      'SystemCallFilter=~@mount chown',
      'SystemCallErrorNumber=EPERM',
      'RestrictAddressFamilies=AF_INET AF_UNIX',
      'RestrictAddressFamilies=~AF_PACKET',
    ]);
  });
});

test('limits become properties of a unit', () => {
  const limits = [
    'Limit                     Soft Limit           Hard Limit           Units     ',
    'Max cpu time              unlimited            unlimited            seconds   ',
    'Max stack size            8388608              unlimited            bytes     ',
    'Max open files            1024                 524288               files     ',
    'Max nice priority         unlimited            50                   ',
    'Max realtime timeout      200000               unlimited            us        ',
    'Max of the future         1                    2                    things    ',
  ].join('\n');
  assert.deepEqual(limitProperties(limits), [
    'LimitCPU=infinity:infinity',
    'LimitSTACK=8388608:infinity',
    'LimitNOFILE=1024:524288',
    'LimitNICE=40:40',
    'LimitRTTIME=200000:infinity',
  ]);
});

const lineOf = (...words: readonly string[]): ReturnType<typeof parseCommandLine> =>
  parseCommandLine(['systemd-nspawn', ...words, ''].join('\0'));

describe('the command line of a machine', () => {
  test('tells its filters, its trees and which settings count', () => {
    const line = lineOf(
      ...['--settings=override', '-D', '/srv/web', '--image=/srv/b.raw'],
      ...['--system-call-filter=~@mount', '--system-call-filter', 'bpf', '--restrict-address-families=AF_UNIX'],
    );
    assert.deepEqual(line, {
      filter: ['~@mount', 'bpf'],
      families: ['AF_UNIX'],
      mode: 'override',
      machine: undefined,
      trees: ['/srv/web', '/srv/b.raw'],
      doubts: [],
    });
  });

  test('of machinectl start leaves no doubt', () => {
    const template = ['--quiet', '--keep-unit', '--boot', '--link-journal=try-guest', '--network-veth', '-U'];
    const line = lineOf(...template, '--settings=override', '--machine=web');
    assert.deepEqual([line.doubts, line.machine], [[], 'web']);
  });

  test('with what cannot be followed is a doubt', () => {
    assert.equal(lineOf('--system-call=~@mount').doubts.length, 1);
    assert.equal(lineOf('--sys=x').doubts.length, 1);
    assert.equal(lineOf('-bZ', 'label').doubts.length, 1);
    assert.equal(lineOf('--oci-bundle=/srv/x').doubts.length, 1);
    assert.deepEqual(lineOf('--system', '--setenv=A=1', '--read-only').doubts, []);
  });
});

describe('what belongs to the program of a machine', () => {
  const payload = ['--system-call-filter=@raw-io', '--settings=no', '-M', 'other', '--sys=x', '-Z', 'label'];

  test('is no option of the machine', () => {
    for (const before of [
      ['-D', '/srv/x', 'prog'],
      ['-D', '/srv/x', '--'],
      ['-D/srv/x', '-'],
      ['-bD', '/srv/x', ''],
      ['-bD/srv/x', '--volatile', 'prog'],
      ['--directory', '/srv/x', '--private-users', 'prog'],
      ['--directory=/srv/x', '--user', 'me', 'prog'],
      ['-qxUjnPa', '-D/srv/x', '-u', 'me', '-E', 'A=-b', '-p', '80', '-S', 's.slice', 'prog'],
    ]) {
      const line = lineOf(...before, ...payload);
      assert.deepEqual(line, { ...lineOf('-D', '/srv/x'), trees: ['/srv/x'] }, before.join(' '));
      assert.deepEqual([line.filter, line.mode, line.doubts], [[], 'yes', []]);
    }
  });

  test('is told from an argument that looks like an option', () => {
    assert.deepEqual(lineOf('--bind', '--', '-Mweb', '-i', '--', '--system-call-filter', '~x').filter, ['~x']);
    assert.deepEqual(lineOf('-E', '--system-call-filter=bpf', '--setenv', '--system-call-filter=bpf').filter, []);
    assert.equal(lineOf('-bqMweb').machine, 'web');
    assert.deepEqual(lineOf('-uZ', '-MZ').doubts, []);
  });

  test('is a doubt where an option before it cannot be read', () => {
    for (const option of ['--direct=/srv/y', '--bin', '--of-the-future', '-bk', '-K'])
      assert.equal(lineOf(option, 'prog', ...payload).doubts.length, 1, option);
    assert.deepEqual(lineOf('--of-the-future', 'prog', ...payload).filter, []);
    assert.deepEqual(lineOf('--of-the-future=x', '--system-call-filter=~@mount').filter, ['~@mount']);
  });
});

test('of settings only the section [Exec] tells of filters, and lines may be continued', () => {
  const text = [
    '[Exec]',
    '# SystemCallFilter=a',
    'SystemCallFilter = ~@mount \\',
    '; between',
    '  chown',
    'RestrictAddressFamilies=',
    'RestrictAddressFamilies=AF_UNIX',
    '[Files]',
    'SystemCallFilter=b',
    '[Exec]',
    'SystemCallFilter=bpf',
  ].join('\n');
  assert.deepEqual(readFilterLines(text), { filter: ['~@mount  chown', 'bpf'], families: ['AF_UNIX'] });
});
