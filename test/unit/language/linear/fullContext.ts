import { TextDocument } from 'vscode-languageserver-textdocument';
import { groupFileOf, type GroupFile } from '../../../../src/language/cgroups/groupFile.ts';
import { type Context, defaultContext, type Host } from '../../../../src/language/context.ts';
import type { LanguageId } from '../../../../src/language/fileType.ts';
import type { NamedOnHost } from '../../../../src/language/namedOnHost.ts';
import { openFile } from '../../../../src/language/languageService.ts';
import { counted, repeated, type NastyText } from './nastyTexts.ts';

const names = (prefix: string): Host['users'] =>
  Array.from({ length: 50 }, (_, id) => ({ name: `${prefix}${id}`, id: 1000 + id }));

const host: Host = {
  controllers: [
    ...['cpu', 'cpuacct', 'devices', 'name=systemd'].map((name) => ({ name, version: 1 }) as const),
    ...['memory', 'io', 'pids'].map((name) => ({ name, version: 2 }) as const),
  ],
  users: [...names('u'), { name: 'root', id: 0 }, { name: 'a', id: 1 }],
  groups: names('g'),
  hasMoreUsers: false,
  hasMoreGroups: false,
};

/** Nothing of what a text names is there, and there is much else. */
const named: NamedOnHost = {
  interfaces: new Map(Array.from({ length: 400 }, (_, index) => [`ve-m${index}`, 'other'])),
  paths: Object.assign(new Map<string, 'absent'>(), { get: () => 'absent' as const }),
  users: new Map(),
  runs: false,
  // Of a container of LXC; there something is, and is of the wrong kind.
  plain: Object.assign(new Map<string, 'plain'>(), { get: () => 'plain' as const }),
  texts: Object.assign(new Map<string, string>(), { get: () => 'a:1:2\n'.repeat(50), has: () => true }),
  inside: Object.assign(new Map<string, 'plain'>(), { get: () => 'plain' as const }),
  containers: new Set(['a']),
};

const halves =
  (...texts: readonly NastyText[]): NastyText =>
  (size, salt) =>
    texts.map((text) => text(size / texts.length, salt)).join('');

/** What a configuration of LXC includes again and again. */
const included = openFile(
  TextDocument.create('file:///a', 'lxc', 0, 'lxc.cap.drop = kill\nlxc.net.0.type = veth\nlxc.x = 1\n'.repeat(20)),
  'lxc',
);

/** What is read with a file; each is as long as it, because a time can also grow with the product of both. */
const others: Readonly<Record<string, NastyText>> = {
  'cgconfig.conf': halves(
    counted('group g%N { cpu { cpu.shares = %N; } }\n'),
    repeated('cpu { cpu.shares = 2; }\n', 'group g {\n', '}\n'),
    counted('c%N = /sys/fs/cgroup/all;\n', 'mount {\n', '}\n'),
    counted('template t%N/%u { cpu { } }\n'),
  ),
  'cgconfig.d/z.conf': halves(
    counted(`group a${'/a'.repeat(50)}%N { cpu { cpu.shares = 3; } }\n`),
    counted('group g%N { cpu { cpu.shares = 4; } }\n'),
  ),
  'cgrules.conf': halves(
    counted('u%N cpu,memory g%N\n'),
    counted('a cpu %u/g%N\n'),
    counted('a:p%N cpu g\n'),
    counted(`a cpu t${'/%u'.repeat(50)}%N\n`),
  ),
};

const idOf = (name: string): LanguageId => (name.startsWith('cgrules') ? 'cgrules' : 'cgconfig');

const readOther = (name: string, size: number): readonly GroupFile[] => {
  const text = others[name]?.(size, 0) ?? '';
  const file = openFile(TextDocument.create(`file:///etc/${name}`, idOf(name), 0, text), idOf(name));
  const group = file && groupFileOf(file, name, defaultContext.libcgroupVersion);
  return group === undefined ? [] : [group];
};

const known = new Map<number, readonly GroupFile[]>();

/** In characters; what grows with the product of two texts shows with this much. */
const longestOther = 48_000;

/** All that can be known beside a text of that length: a host, and files that are read with it. */
export const fullContext = (size: number): Context => {
  const length = Math.min(size, longestOther);
  const files = known.get(length) ?? Object.keys(others).flatMap((name) => readOther(name, length));
  known.set(length, files);
  return {
    ...defaultContext,
    architecture: 'x86-64',
    host,
    named,
    includes: { at: new Map(included === undefined ? [] : [['/a', { kind: 'file', file: included }]]) },
    groups: { name: 'cgconfig.d/m.conf', others: files, isComplete: true },
  };
};
