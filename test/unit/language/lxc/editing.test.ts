import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MarkupContent } from 'vscode-languageserver-types';
import type { CompletionItem } from 'vscode-languageserver-types';
import type { Context } from '../../../../src/language/context.ts';
import { complete } from '../../../../src/language/features/complete.ts';
import { hover } from '../../../../src/language/features/hover.ts';
import { inlayHints } from '../../../../src/language/features/inlayHints.ts';
import { links } from '../../../../src/language/features/links.ts';
import { semanticTokens } from '../../../../src/language/features/semanticTokens.ts';
import { symbols } from '../../../../src/language/features/symbols.ts';
import { noHostObjects, type HostObjects } from '../../../../src/language/hostObjects.ts';
import { contextOf, marked } from '../features/marked.ts';
import { opened } from '../features/opened.ts';

const says = (text: string, change: Partial<Context> = {}): string => {
  const { file, position } = marked(text, 'lxc');
  const contents = hover(file, position, contextOf(change))?.contents;
  return MarkupContent.is(contents) ? contents.value : '';
};

const host: HostObjects = {
  ...noHostObjects,
  networkInterfaces: () =>
    Promise.resolve([
      { name: 'lxcbr0', kind: 'bridge' },
      { name: 'eth0', kind: 'other' },
    ]),
  directory: (path) =>
    Promise.resolve(
      path === '/usr/share/lxc/config'
        ? ['common.conf', 'common.seccomp', 'common.conf.d'].map((name) => ({
            name,
            isDirectory: name.endsWith('.d'),
          }))
        : ['web', 'two words', 'a#b'].map((name) => ({ name, isDirectory: true })),
    ),
  blockDevices: () => Promise.resolve([{ name: 'vda', number: '254:0' }]),
  appArmorProfiles: () => Promise.resolve(['lxc-container-default-cgns']),
  subordinateRanges: () => Promise.resolve([{ of: 'u', user: 'alice', first: 100_000, count: 65_536 }]),
};

const offered = async (
  text: string,
  change: Partial<Context> = {},
  options = { snippets: true },
): Promise<readonly CompletionItem[]> => {
  const { file, position } = marked(text, 'lxc');
  return (await complete(file, position, contextOf(change), host, options)).items;
};

const labels = async (text: string, change: Partial<Context> = {}): Promise<readonly string[]> =>
  (await offered(text, change)).map(({ label }) => label);

const inserted = async (text: string, label: string, options = { snippets: true }): Promise<readonly string[]> =>
  (await offered(text, {}, options)).flatMap((item) =>
    item.label === label && item.textEdit !== undefined ? [item.textEdit.newText] : [],
  );

describe('hover', () => {
  test('tells what a key means, its default, since when, its older name and what an empty value does', () => {
    const text = says('lxc.console.pa|th = none\n');
    for (const part of [
      '**`lxc.console.path`**',
      'The terminal of the host',
      'The last line counts. An empty value puts it back to the default.',
      'Since LXC 2.1, before that `lxc.console`.',
      'lxc.container.conf.5.html',
    ])
      assert.ok(text.includes(part), `${part} in:\n${text}`);
    assert.match(says('lxc.auto|dev = 0\n'), /Default: `1`\n.*An empty value means 0/u);
    assert.match(says('lxc.cap.dr|op = kill\n'), /Several lines add up\. An empty value clears lxc\.cap\.drop and/u);
    assert.match(says('lxc.net.3.l|ink = br0\n'), /before that `lxc\.network\.link`/u);
    assert.match(says('lxc.net|.3 =\n'), /removes this network device/u);
    assert.match(says('lxc.net.0.veth.m|ode = router\n'), /Only behind `lxc\.net\.N\.type = veth`/u);
  });

  test('says what another version refuses, and what an old key is called now', () => {
    assert.match(says('lxc.cgroup.cpu|.shares = 1\n'), /From LXC 1\.0 to 6\.0\. \*\*LXC 7\.0.*refuses the whole file/u);
    assert.doesNotMatch(says('lxc.cgroup.cpu|.shares = 1\n', { lxcVersion: '6.0' }), /\*\*LXC/u);
    assert.match(says('lxc.environment.ho|oks = A=1\n', { lxcVersion: '5.0' }), /Since LXC 7\.0\. \*\*LXC 5\.0/u);
    assert.match(says('lxc.uts|name = a\n'), /which is now `lxc\.uts\.name`/u);
    assert.match(says('lxc.piv|otdir = a\n'), /nothing in its place/u);
    assert.equal(says('lxc.no|such = a\n'), '');
    assert.equal(says('lcx.uts|.name = a\n'), '');
  });

  test('tells what a word means', () => {
    assert.match(says('lxc.net.0.type = ma|cvlan\n'), /^`macvlan`: .*hardware address of its own/u);
    assert.match(says('lxc.cap.drop = kill sys_t|ime\n'), /^`sys_time`: /u);
    assert.match(says('lxc.namespace.clone = NE|T\n'), /^`NET`: Network devices/u);
    assert.match(says('lxc.mount.auto = cgroup:ro:fo|rce\n'), /^`cgroup:ro:force`: The control groups/u);
    assert.match(says('lxc.rootfs.path = over|lay:/a:/b\n'), /Two directories/u);
    assert.match(says('lxc.mount.entry = /srv srv none bind,crea|te=dir 0 0\n'), /Makes the target as a directory/u);
    assert.match(says('lxc.mount.entry = /srv sr|v none bind 0 0\n'), /without a slash in front/u);
    assert.match(
      says('lxc.idmap = u 1000 |100000 2\n'),
      /^Users 1000 to 1001 of the container are users 100000 to 100001 of the host\.$/u,
    );
    assert.match(says('lxc.console.size = 10|0KB\n'), /^LXC keeps 128 KiB\.$/u);
    assert.match(says('lxc.console.size = 1125899906842624|0\n'), /^LXC keeps 16 PiB\.$/u);
  });

  test('shows what the kernel says of a file of the group', () => {
    assert.match(says('lxc.cgroup2.memory.m|ax = 1G\n'), /\*\*memory\.max\*\* of `memory`, cgroup v2/u);
    assert.match(says('lxc.cgroup2.memory.max = 10737418|24\n'), /1073741824 bytes are 1 GiB/u);
  });
});

describe('completion of keys', () => {
  test('begins with the next network device that is free, as one line and as all of its lines', async () => {
    const text = 'lxc.net.0.type = veth\nlxc.net.2.type = phys\nlx|';
    const [first] = await offered(text);
    assert.equal(first?.label, 'lxc.net.1.type');
    assert.deepEqual(await inserted(text, 'lxc.net.1.type = veth'), [
      'lxc.net.1.type = veth\nlxc.net.1.link = ${1:lxcbr0}\nlxc.net.1.flags = up\n$0',
    ]);
    assert.deepEqual(await inserted(text, 'lxc.net.1.type = veth', { snippets: false }), ['lxc.net.1.type = veth']);
  });

  test('has the keys of the device above, for its type', async () => {
    const found = await labels('lxc.net.4.type = macvlan\n|\nlxc.net.0.type = veth\n');
    assert.ok(found.includes('lxc.net.4.macvlan.mode'));
    assert.ok(found.includes('lxc.net.4.link'));
    assert.ok(!found.includes('lxc.net.4.veth.pair'));
    assert.ok(found.includes('lxc.net.1.type'));
    assert.ok((await labels('lxc.net.9.|\n')).includes('lxc.net.9.veth.pair'));
  });

  test('says what is set already', async () => {
    const items = await offered('lxc.uts.name = a\nlxc.mount.entry = a b\n|');
    const noteOf = (label: string) => items.find((item) => item.label === label)?.labelDetails?.description;
    assert.equal(noteOf('lxc.uts.name'), 'already set');
    assert.equal(noteOf('lxc.mount.entry'), undefined);
  });

  test('has what the version takes', async () => {
    const has = async (label: string, lxcVersion: Context['lxcVersion']): Promise<boolean> =>
      (await labels('|', { lxcVersion })).includes(label);
    assert.equal(await has('lxc.environment.hooks', '7.0'), true);
    assert.equal(await has('lxc.environment.hooks', '6.0'), false);
    assert.ok((await labels('lxc.arch = |', { lxcVersion: '6.0' })).includes('loong64'));
    assert.ok(!(await labels('lxc.arch = |', { lxcVersion: '5.0' })).includes('loong64'));
  });

  test('has names of families, and only the name where the sign of assignment is there', async () => {
    const found = await labels('|');
    for (const name of ['lxc.cgroup2.memory.max', 'lxc.prlimit.nofile', 'lxc.namespace.share.net'])
      assert.ok(found.includes(name), name);
    assert.deepEqual(await inserted('lxc.uts.n| = a', 'lxc.uts.name'), ['lxc.uts.name']);
    assert.deepEqual(await inserted('|', 'lxc.autodev'), ['lxc.autodev = ${1|0,1|}']);
  });

  test('is not there in a comment, behind a word or before a line', async () => {
    for (const text of ['# l|\n', 'lxc.uts.name |\n', ' | lxc.uts.name = a\n', 'lxc.uts.name = "a" |\n'])
      assert.deepEqual(await labels(text), [], text);
  });
});

describe('completion of values', () => {
  test('has words, each in its place', async () => {
    assert.deepEqual(await labels('lxc.net.0.veth.mode = |'), ['bridge', 'router']);
    assert.deepEqual(await labels('lxc.start.auto =|\n'), ['0', '1']);
    const [item] = (await offered('lxc.cap.drop = kill |chown')).filter(({ label }) => label === 'sys_time');
    assert.deepEqual(item?.textEdit, {
      newText: 'sys_time',
      range: { start: { line: 0, character: 20 }, end: { line: 0, character: 25 } },
    });
    assert.ok((await labels('lxc.mount.entry = /srv srv none bind,|')).includes('create=dir'));
    assert.ok((await labels('lxc.mount.entry = /srv srv |')).includes('tmpfs'));
    assert.ok((await labels('lxc.cgroup2.memory.max = |')).includes('max'));
  });

  test('has what the host has', async () => {
    assert.deepEqual(await labels('lxc.net.0.type = veth\nlxc.net.0.link = |'), ['lxcbr0']);
    assert.deepEqual(await labels('lxc.net.0.type = phys\nlxc.net.0.link = |'), ['lxcbr0', 'eth0']);
    assert.ok((await labels('lxc.apparmor.profile = |')).includes('lxc-container-default-cgns'));
    assert.deepEqual(await labels('lxc.idmap = |'), ['u 0 100000 65536']);
    assert.ok((await labels('lxc.include = |')).includes('/usr/share/lxc/config/common.conf'));
    assert.ok(!(await labels('lxc.include = |')).includes('/usr/share/lxc/config/common.seccomp'));
    assert.ok((await labels('lxc.seccomp.profile = |')).includes('/usr/share/lxc/config/common.seccomp'));
    assert.deepEqual(await labels('lxc.cgroup2.io.max = |'), ['254:0']);
    assert.ok((await labels('lxc.rootfs.path = dir:/srv/|')).includes('two words'));
  });

  test('has no path that would be read as two words, or by a shell', async () => {
    assert.deepEqual(await labels('lxc.mount.entry = /srv/|'), ['web']);
    assert.deepEqual(await labels('lxc.hook.pre-start = /srv/|'), ['web']);
    assert.deepEqual(await labels('lxc.hook.pre-start = /srv/a /|'), []);
    assert.deepEqual(await labels('lxc.hook.start = /|'), []);
  });
});

const hintsIn = (text: string, change: Partial<Context> = {}): readonly unknown[] => {
  const file = opened(text, 'lxc');
  const end = file.textDocument.positionAt(text.length);
  return inlayHints(file, { start: { line: 0, character: 0 }, end }, contextOf(change)).map(
    ({ position, label }) => `${position.line}:${position.character} ${typeof label === 'string' ? label : ''}`,
  );
};

test('hints say who a person of the container is on the host', () => {
  assert.deepEqual(hintsIn('lxc.idmap = u 0 100000 65536\nlxc.idmap = g 0 200000 10\nlxc.idmap = u 1000 1000 1\n'), [
    '0:28 1000 → 101000',
    '1:25 9 → 200009',
  ]);
  assert.deepEqual(hintsIn('lxc.idmap = u 0 1\nlxc.idmap = b 0 1 2\nlxc.idmap = u 0 1 99999999999\n'), []);
});

test('hints say what becomes of a limit, a size, a number and a signal', () => {
  assert.deepEqual(
    hintsIn(
      'lxc.cgroup2.memory.max = 1073741824\nlxc.cgroup2.cpu.max = 50000 100000\nlxc.console.size = 100KB\nlxc.console.buffer.size = 1M\n' +
        'lxc.autodev.tmpfs.size = 1048576\nlxc.tty.max = 010\nlxc.signal.halt = 15\nlxc.prlimit.as = 1073741824:unlimited\n',
    ),
    [
      '0:35 = 1 GiB',
      '1:34 = 50 % of a CPU',
      '2:24 → 128 KiB',
      '3:28 → 4 KiB',
      '4:32 = 1 MiB',
      '5:17 = 8',
      '6:20 = SIGTERM',
      '7:37 = 1 GiB:unlimited',
    ],
  );
  assert.deepEqual(
    hintsIn('lxc.cgroup2.memory.max = 1x\nlxc.tty.max = 08\nlxc.console.size = 1MB\nlxc.tty.max = 4\n'),
    [],
  );
});

test('links lead to what a configuration names of the host', () => {
  const text =
    'lxc.include = /usr/share/lxc/config/common.conf\nlxc.rootfs.path = dir:/srv/web\nlxc.rootfs.path = overlay:/a:/b\n' +
    'lxc.mount.entry = /srv/data data none bind 0 0\nlxc.mount.entry = proc proc proc\nlxc.hook.pre-start = "/opt/hook a"\n' +
    'lxc.hook.start = /inside\nlxc.init.cwd = /inside\nlxc.log.file = /var/log/a.log\nlxc.include = other.conf\n';
  const file = opened(text, 'lxc');
  assert.deepEqual(
    links(file, contextOf()).map(({ range, target }) => [file.textDocument.getText(range), target]),
    [
      ['/usr/share/lxc/config/common.conf', 'file:///usr/share/lxc/config/common.conf'],
      ['/srv/web', 'file:///srv/web'],
      ['/srv/data', 'file:///srv/data'],
      ['/opt/hook', 'file:///opt/hook'],
      ['/var/log/a.log', 'file:///var/log/a.log'],
    ],
  );
});

test('an outline has the lines of a family together', () => {
  const file = opened(
    'lxc.uts.name = a\nlxc.net.0.type = veth\nlxc.net.0.link = br0\nlxc.net.1.type = empty\nlxc.cap.drop = kill\nlxc.cap.drop = chown\n',
    'lxc',
  );
  assert.deepEqual(
    symbols(file).map(({ name, detail, children = [] }) => [name, detail, children.length]),
    [
      ['lxc.uts.name', 'a', 0],
      ['lxc.net.0', 'veth, br0', 2],
      ['lxc.net.1.type', 'empty', 0],
      ['lxc.cap', 'kill, chown', 2],
    ],
  );
});

test('colours tell words that the version knows, keys of other versions, and lines that do not count', () => {
  const text =
    'lxc.net.0.type = veth\nlxc.utsname = a\nlcx.uts.name = a\nlxc.cap.drop = kill nosuch CHOWN\nlxc.cgroup.cpu.shares = 1\n' +
    'lxc.mount.entry = /ro ro none bind,ro,x 0 0\nlxc.namespace.clone = NET\n';
  const file = opened(text, 'lxc');
  const shown = ({ lxcVersion }: Pick<Context, 'lxcVersion'>): readonly string[] => {
    const { data } = semanticTokens(file, contextOf({ lxcVersion }));
    let line = 0;
    let character = 0;
    return data.flatMap((step, at) => {
      if (at % 5 !== 0) return [];
      line += step;
      character = step === 0 ? character + (data[at + 1] ?? 0) : (data[at + 1] ?? 0);
      const start = { line, character };
      const end = { line, character: character + (data[at + 2] ?? 0) };
      return [`${data[at + 3] ?? -1}${data[at + 4] === 0 ? '' : '!'} ${file.textDocument.getText({ start, end })}`];
    });
  };
  const all = [
    '2 veth',
    '1! lxc.utsname',
    '0 lcx.uts.name = a',
    '2 kill',
    '1! lxc.cgroup.cpu.shares',
    '2 bind',
    '2 ro',
    '2 NET',
  ];
  assert.deepEqual(shown({ lxcVersion: '7.0' }), all);
  assert.deepEqual(
    shown({ lxcVersion: '6.0' }),
    all.filter((one) => !one.includes('cgroup')),
  );
});
