import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MarkupContent } from 'vscode-languageserver-types';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { LibcgroupVersion } from '../../../../src/language/context.ts';
import { complete } from '../../../../src/language/features/complete.ts';
import { hover } from '../../../../src/language/features/hover.ts';
import { type HostObjects, noHostObjects } from '../../../../src/language/hostObjects.ts';
import { contextOf, marked } from '../features/marked.ts';
import { hostOfV2 } from '../hostOfV2.ts';

const offered = async (text: string, libcgroupVersion: LibcgroupVersion = '3.2'): Promise<readonly string[]> => {
  const { file, position } = marked(text, 'cgconfig');
  const { items } = await complete(file, position, contextOf({ libcgroupVersion }), noHostObjects);
  return items.map(({ label }) => label);
};

/** The text with that offer taken, as a client does that takes no snippets or some. */
const taken = async (text: string, label: string, snippets = true): Promise<string> => {
  const { file, position } = marked(text, 'cgconfig');
  const { items } = await complete(file, position, contextOf(), noHostObjects, { snippets });
  const edit = items.find((item) => item.label === label)?.textEdit;
  assert.ok(edit !== undefined && 'range' in edit, label);
  return TextDocument.applyEdits(file.textDocument, [edit]);
};

describe('what the host has', () => {
  const labelled = async (text: string): Promise<readonly string[]> => {
    const { file, position } = marked(text, 'cgconfig');
    const hostObjects: HostObjects = {
      ...noHostObjects,
      users: () => Promise.resolve(['alice']),
      groups: () => Promise.resolve(['staff']),
      blockDevices: () => Promise.resolve([{ name: 'sda', number: '8:0' }]),
      networkInterfaces: () => Promise.resolve([{ name: 'eth0', kind: 'other' }]),
    };
    const { items } = await complete(file, position, contextOf({ host: hostOfV2 }), hostObjects);
    return [...items]
      .sort((one, other) => ((one.sortText ?? '') < (other.sortText ?? '') ? -1 : 1))
      .map(({ label, labelDetails }) => `${label} ${labelDetails?.description ?? ''}`.trim());
  };

  test('controllers that are mounted come first', async () => {
    const found = await labelled('group web {\n\t|\n}');
    assert.equal(found[0], 'cpu cgroup v2 here');
    assert.ok(found.indexOf('cgroup libcgroup cannot set it up') > found.indexOf('perm'));
    assert.ok(found.indexOf('blkio not mounted here') > found.indexOf('perm'));
  });

  test('parameters of its version come first, with those that libcgroup turns into them', async () => {
    const memory = await labelled('group web { memory { | } }');
    assert.ok(memory.includes('memory.max'));
    assert.ok(memory.includes('memory.limit_in_bytes of cgroup v1, not here'));
    assert.ok(memory.indexOf('memory.limit_in_bytes of cgroup v1, not here') > memory.indexOf('memory.zswap.max'));
    const cpu = await labelled('group web { cpu { | } }');
    assert.ok(cpu.includes('cpu.shares') && cpu.includes('cgroup.freeze') && !cpu.includes('notify_on_release'));
  });

  test('owners, devices and interfaces', async () => {
    assert.deepEqual(await labelled('group web { perm { task { uid = |; } } }'), ['alice']);
    assert.deepEqual(await labelled('group web { perm { task { gid = |; } } }'), ['staff']);
    assert.deepEqual(await labelled('group web { io { io.max = "| rbps=1"; } }'), ['8:0']);
    assert.deepEqual(await labelled('group web { blkio { blkio.throttle.read_bps_device = "8:|"; } }'), ['8:0']);
    assert.deepEqual(await labelled('group web { blkio { blkio.throttle.read_bps_device = "8:0 |"; } }'), []);
    assert.deepEqual(await labelled('group web { net_prio { net_prio.ifpriomap = "e|"; } }'), ['eth0']);
  });
});

describe('completion offers', () => {
  test('blocks at the top, systemd only to a libcgroup that knows it', async () => {
    const top = ['group', 'template', 'mount', 'default', 'namespace'];
    assert.deepEqual(await offered('|'), [...top, 'systemd']);
    assert.deepEqual(await offered('group a { cpu { } }\ng|', '2.0.2'), top);
    assert.deepEqual(await offered('group |'), []);
    assert.match(await taken('|', 'systemd'), /^systemd \{\n\tslice = /u);
  });

  test('controllers and perm in a group, and what perm holds', async () => {
    const inGroup = await offered('group web {\n\t|\n}');
    assert.ok(inGroup.includes('cpu') && inGroup.includes('io') && inGroup.includes('perm'));
    assert.ok(!inGroup.includes('group') && !inGroup.includes('cpu.shares'));
    // The editor indents the lines of a snippet as the one that it begins in.
    assert.equal(await taken('group web {\n\tcp|\n}', 'cpu'), 'group web {\n\tcpu {\n\t$0\n}\n}');
    assert.equal(await taken('group web {\n\tcp|\n}', 'cpu', false), 'group web {\n\tcpu\n}');
    assert.deepEqual(await offered('group web { perm { | } }'), ['task', 'admin']);
    assert.deepEqual(await offered('default { | }'), ['perm']);
    assert.deepEqual(await offered('group web { perm { task { | } } }'), ['uid', 'gid', 'fperm']);
  });

  test('the parameters of the controller that can be set', async () => {
    const inCpu = await offered('group web { cpu { c| } }');
    assert.ok(inCpu.includes('cpu.shares') && inCpu.includes('cpu.max'));
    assert.ok(inCpu.every((label) => label.startsWith('cpu.')));
    assert.ok(!inCpu.includes('cpu.stat'), 'which can only be read');
    assert.equal(await taken('group web { cpu { cpu.s| } }', 'cpu.shares'), 'group web { cpu { cpu.shares = $1; } }');
    assert.equal(await taken('group web { cpu { c| = 1; } }', 'cpu.shares'), 'group web { cpu { cpu.shares = 1; } }');
    assert.equal(await taken('group web { cpu { c| } }', 'cpu.max'), 'group web { cpu { cpu.max = "$1"; } }');
  });

  test('words for values, in quotes too', async () => {
    assert.deepEqual(await offered('group web { freezer { freezer.state = |; } }'), ['FROZEN', 'THAWED']);
    assert.deepEqual(await offered('group web { memory { memory.max = "|"; } }'), ['max']);
    assert.deepEqual(await offered('group web { memory { memory.oom.group = |\n} }'), ['0', '1']);
  });

  test('nothing where nothing can stand', async () => {
    for (const text of ['# |', 'group a { cpu { cpu.shares |= 1; } }', 'group a | {', 'group a { cpu { } } }\nx = |'])
      assert.deepEqual(await offered(text), [], text);
  });
});

describe('hover shows', () => {
  const shown = (text: string): string => {
    const { file, position } = marked(text, 'cgconfig');
    const contents = hover(file, position, contextOf())?.contents;
    return MarkupContent.is(contents) ? contents.value : '';
  };

  test('of a parameter its range, its default, what v2 and systemd have for it, and what libcgroup makes of it', () => {
    const markdown = shown('group web { cpu { cpu.sha|res = 100; } }');
    for (const part of [
      'cgroup v1',
      'from 2 to 262144',
      'Default: `1024`',
      'In cgroup v2: `cpu.weight`',
      '`CPUWeight=',
    ])
      assert.ok(markdown.includes(part), `${part} in ${markdown}`);
    assert.match(markdown, /libcgroup 3\.0 and later turn it into `cpu\.weight`/u);
  });

  test('of a value what it comes to, of a block what it is', () => {
    assert.match(shown('group web { memory { memory.limit_in_bytes = 400|00; } }'), /36864/u);
    assert.match(shown('group w|eb { cpu { } }'), /control group/u);
    assert.match(shown('group web { bl|kio { } }'), /In cgroup v2 `io`/u);
    assert.match(
      shown('group web { perm { task { ui|d = root; } admin { uid = root; } } }'),
      /root is written by name/u,
    );
  });
});
