import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quoteForUnit } from '../../../../src/language/across/draft.ts';
import { parseLxc } from '../../../../src/language/lxc/parse.ts';
import { parseNspawn } from '../../../../src/language/nspawn/parse.ts';
import { extractWords } from '../../../../src/language/nspawn/values/extractWord.ts';
import { across, context, fileOf } from './migrated.ts';

/** What could end a line, a word or a quote, or be replaced where it is read. */
const parts = [
  ...[
    '\\012',
    '\\040',
    '\\',
    '\\\\',
    '"',
    "'",
    '%n',
    '%%',
    '$(id)',
    '$$',
    '${A}',
    ';',
    ' ; ',
    '`id`',
    '#',
    '\u2028',
    '\u0085',
    '\v',
  ],
  ...[' ', '\t', ':', ',', '=', '-', '/', '..', '[Exec]', 'Boot=no', 'é', '\ud800', 'a', 'b'],
];

const random = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

const next = random(11);
const pick = <One>(from: readonly One[]): One => from[Math.floor(next() * from.length)] as One;
const junk = (): string => Array.from({ length: 1 + Math.floor(next() * 7) }, () => pick(parts)).join('');

const keys: readonly (() => string)[] = [
  () => `lxc.uts.name = ${junk()}`,
  () => `lxc.rootfs.path = dir:/${junk()}`,
  () => `lxc.environment = A${junk()}=${junk()}`,
  () => `lxc.mount.entry = /${junk()} ${junk()} none bind${pick([',ro', '', `,${junk()}`])} 0 0`,
  () => `lxc.mount.entry = tmpfs ${junk()} tmpfs size=1m,${junk()} 0 0`,
  () => `lxc.mount.entry = overlay x overlay lowerdir=/${junk()}:/${junk()},upperdir=/${junk()} 0 0`,
  () => `lxc.hook.${pick(['pre-start', 'start-host', 'post-stop'])} = ${junk()}`,
  () => `lxc.init.cmd = /${junk()} ${junk()}`,
  () => `lxc.init.cwd = /${junk()}`,
  () => `lxc.prlimit.nofile${junk()} = 1`,
  () => `lxc.cgroup2.memory.max = ${junk()}`,
  () => `lxc.cgroup2.devices.allow = ${junk()}`,
  () => `lxc.cgroup2.devices.allow = /dev/${junk()} rwm`,
  () => `lxc.mount.entry = /dev/${junk()} dev/x none bind,create=file 0 0`,
  () => `lxc.cgroup2.io.max = 8:${pick(['0', '16'])} rbps=${pick(['5', junk()])}`,
  () => `lxc.cgroup2.${junk()} = ${junk()}`,
  () => `lxc.seccomp.profile = /${junk()}`,
  () => `lxc.namespace.share.net = /${junk()}`,
  () => `lxc.net.0.type = ${pick(['veth', 'macvlan', 'phys', 'vlan', 'ipvlan'])}`,
  () => `lxc.net.0.link = ${junk()}`,
  () => `lxc.net.0.name = ${junk()}`,
  () => `lxc.net.0.veth.pair = ${junk()}`,
  () => `lxc.net.0.mtu = ${junk()}`,
  () => `lxc.net.0.hwaddr = ${junk()}`,
  () => 'lxc.net.0.flags = up',
];

/** Keys that a drop-in is made with, and the first words of what it runs. */
const unitLine =
  /^(?:(?:MemoryMax|IOReadBandwidthMax|DeviceAllow|DevicePolicy|CPUWeight|TasksMax|Environment)=|Exec(?:StartPre|StartPost|StopPost)=-?(?:env LXC_NAME=web |ip |sh -ec 'leader=))/u;

/** One device with its rights: specifiers are doubled, and there is nothing to quote. */
const deviceLine = /^DeviceAllow=(?:$|(?:\/dev\/(?:[^\s"'\\%]|%%)+|(?:char|block)-(?:\d+|\*)) [rwm]+$)/u;

test('nothing that a container is called or set to becomes a line, a word or a command of its own', () => {
  let converted = 0;
  for (let round = 0; round < 3000; round++) {
    const lines = Array.from({ length: 1 + Math.floor(next() * 6) }, () => pick(keys)());
    const text = `${lines.join('\n')}\n`;
    const result = across('lxc', text, { ...context, systemdVersion: pick([252, 257, 262]) });
    if (result.kind === 'refused') continue;
    converted++;
    const settings = fileOf(result, '.nspawn');
    const { sections, mistakes, loose } = parseNspawn(settings);
    assert.deepEqual([loose.length, mistakes.length], [0, 0], settings);
    // Every line is one of ours, and none goes over its end.
    for (const line of settings.split('\n'))
      assert.match(line, /^(?:|\[(?:Exec|Files|Network)\]|[A-Z]\w+=[^\n]*[^\\])$/u, text);
    const written = settings.split('\n').filter((line) => /^[A-Z]/u.test(line)).length;
    assert.equal(
      sections.reduce((sum, { entries }) => sum + entries.length, 0),
      written,
    );
    for (const line of fileOf(result, '.conf').split('\n').slice(1, -1))
      if (!line.startsWith('#')) {
        assert.match(line, unitLine, text);
        if (line.startsWith('DeviceAllow=')) assert.match(line, deviceLine, text);
      }
    for (const { line } of result.commands) assert.doesNotMatch(line, /[\n\r\u2028\u0085]/u);
    // All else is a comment.
    const known = new Set(result.files.flatMap((file) => file.text.split('\n')));
    for (const line of result.text.split('\n')) assert.ok(line === '' || line.startsWith('#') || known.has(line), line);
  }
  assert.ok(converted > 500, String(converted));
});

test('nothing that a machine is set to becomes a line of its own for LXC', () => {
  const settings: readonly (() => string)[] = [
    () => `Environment="A=${junk()}"`,
    () => `Parameters=/${junk()} ${junk()}`,
    () => `Bind=/${junk()}:/${junk()}`,
    () => `TemporaryFileSystem=/${junk()}:${junk()}`,
    () => `Overlay=/${junk()}:/${junk()}:/${junk()}`,
    () => `Hostname=${junk()}`,
    () => `WorkingDirectory=/${junk()}`,
    () => `SystemCallFilter=~${junk()}`,
    () => `Zone=${junk()}`,
    () => `Bridge=${junk()}`,
    () => `MACVLAN=${junk()}`,
  ];
  const sectionOf = (line: string): string =>
    /^(?:Zone|Bridge|MACVLAN)/u.test(line) ? 'Network' : /^(?:Bind|Temp|Overlay)/u.test(line) ? 'Files' : 'Exec';
  let converted = 0;
  for (let round = 0; round < 3000; round++) {
    const lines = Array.from({ length: 1 + Math.floor(next() * 5) }, () => pick(settings)());
    const text = lines.map((line) => `[${sectionOf(line)}]\n${line}\n`).join('');
    const result = across('nspawn', text, { ...context, lxcVersion: pick(['5.0', '6.0', '7.0'] as const) });
    if (result.kind === 'refused') continue;
    converted++;
    const config = fileOf(result, '/config');
    const { loose, mistakes, comments } = parseLxc(config);
    assert.deepEqual([mistakes.length, comments.length, loose.length], [0, 0, config.split('\n').length - 1], text);
    for (const { line } of result.commands) assert.doesNotMatch(line, /[\n\r\u2028\u0085]/u);
    assert.match(fileOf(result, '/seccomp'), /^(?:|2\ndenylist\n\[all\]\n(?:\w+ errno 1\n)+)$/u);
  }
  assert.ok(converted > 500, String(converted));
});

/** As systemd reads words of a unit: quotes and backslashes, then specifiers and variables. */
const readAgain = (line: string): readonly string[] =>
  extractWords(line, { unquote: true }).words.map(({ text }) => text.replaceAll('%%', '%').replaceAll('$$', '$'));

test('a word of a unit is read back as it was, whatever is in it', () => {
  for (const word of ['', 'a b', '"', "'", '\\', '\\n', '%n', '$HOME', '${A}', ';', '#', 'a"b\\c%d$e', 'é', '$$', '%%'])
    assert.deepEqual(readAgain(`x ${quoteForUnit(word) ?? ''} y`), ['x', word, 'y'], word);
  for (const word of ['a\nb', '\0', '\u2028', '\r']) assert.equal(quoteForUnit(word), undefined);
});
