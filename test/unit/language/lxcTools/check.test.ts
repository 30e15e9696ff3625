import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Context, defaultContext } from '../../../../src/language/context.ts';
import type { LanguageId } from '../../../../src/language/fileType.ts';
import { languageFeatures, openFile } from '../../../../src/language/languageService.ts';
import { systemKeys } from '../../../../src/language/lxcTools/keys.ts';
import { parseSystem, parseUsernet } from '../../../../src/language/lxcTools/parse.ts';
import type { LxcRelease } from '../../../../src/schema/lxcTypes.ts';
import { noSharedFacts, sharedFacts } from '../../../differential/sharedFacts.ts';

const facts = await sharedFacts();

const rulesIn = (languageId: LanguageId, text: string, context: Partial<Context> = {}): readonly string[] => {
  const file = openFile(TextDocument.create('file:///x', languageId, 0, text), languageId);
  assert.ok(file !== undefined);
  return languageFeatures.diagnose(file, { ...defaultContext, ...context }).map(({ line, rule }) => `${line} ${rule}`);
};

test('lxc.conf: the first line of a key counts, as it stands, and nothing else is read', () => {
  const system = (text: string, lxcVersion: LxcRelease = '7.0'): readonly string[] =>
    rulesIn('lxcsystem', text, { lxcVersion });
  assert.deepEqual(system('# a\n  # b\n\tlxc.lxcpath\t=\t/srv//\n\n'), []);
  assert.deepEqual(system('lxc.lxcpath = /a\nlxc.lxcpath = /b\n'), ['2 lxc-system-line-unread']);
  assert.deepEqual(system('lxc.arch = amd64\nlxc.lxcpat = /a\nlxc.lxcpath /a\n'), [
    ...['1 lxc-system-line-unread', '2 lxc-system-line-unread', '3 lxc-system-line-unread'],
  ]);
  for (const value of ['', '/a ', '/a\r', '/a # b', '"/a"', 'a'])
    assert.deepEqual(system(`lxc.lxcpath = ${value}\n`), ['1 lxc-system-value'], value);
  assert.deepEqual(system('lxc.lxcpath ='), []);
  assert.deepEqual(system('lxc.bdev.rbd.rbduser = a\n'), []);
  assert.deepEqual(system('lxc.bdev.rbd.rbduser = a\n', '6.0'), ['1 lxc-system-line-unread']);
  assert.deepEqual(system('\uFEFFlxc.lxcpath = /a\n'), ['1 lxc-system-line-unread']);
});

test('lxc-usernet: what gives no devices is said, and what crashes lxc-user-nic', () => {
  const usernet = (text: string, lxcVersion: LxcRelease = '7.0'): readonly string[] =>
    rulesIn('lxcusernet', text, { lxcVersion });
  assert.deepEqual(usernet('# a\nanna veth lxcbr0 10\nbert\tveth   none\t2 # two\r\n@web veth br0 3\n'), []);
  for (const line of [
    ' anna veth br0 1',
    'anna veth br0',
    'anna VETH br0 1',
    'anna veth br0 x',
    '* veth br0 1',
    '1000 veth br0 1',
  ])
    assert.deepEqual(usernet(`${line}\n`), ['1 lxc-usernet-line-unread'], line);
  for (const count of ['0', '-1', '2x', '0x3'])
    assert.deepEqual(usernet(`anna veth br0 ${count}\n`), ['1 lxc-usernet-count']);
  assert.deepEqual(usernet('anna veth br0 1\n@web veth br0 3\n', '6.0'), ['2 lxc-usernet-group-crashes']);
});

test('lxc-net: what the shell refuses, what sets nothing, and what does something else', () => {
  const net = (text: string, lxcVersion: LxcRelease = '7.0'): readonly string[] =>
    rulesIn('lxcnet', text, { lxcVersion });
  assert.deepEqual(
    net('# a\nUSE_LXC_BRIDGE="true"; export LXC_DOMAIN=lxc # b\nMINE=1\ntest -e /x && LXC_BRIDGE=br1\n'),
    [],
  );
  assert.deepEqual(net('LXC_BRIDGE="br0\nLXC_ADDR=1\n'), ['1 lxc-net-shell']);
  assert.deepEqual(net('USE_LXC_BRIDGE = "true"\nLXC_BRIGDE=a\nLXC_NOSUCHTHING=\n'), [
    ...['1 lxc-net-line-unread', '2 lxc-net-line-unread', '3 lxc-net-line-unread'],
  ]);
  assert.deepEqual(net('LXC_IPV6_ENABLE=true\n'), []);
  assert.deepEqual(net('LXC_IPV6_ENABLE=true\n', '5.0'), ['1 lxc-net-line-unread']);
  for (const line of [
    'USE_LXC_BRIDGE=yes',
    'USE_LXC_BRIDGE="True"',
    'LXC_BRIDGE=averyverylongbridge',
    'LXC_NETMASK=24',
  ])
    assert.deepEqual(net(`${line}\n`), ['1 lxc-net-value'], line);
  assert.deepEqual(net('USE_LXC_BRIDGE="true"\r\nLXC_DOMAIN=a\r\n'), ['1 lxc-net-value', '2 lxc-net-value']);
  assert.deepEqual(net('USE_LXC_BRIDGE=$(cat /x)\nLXC_NETMASK="$M"\n'), []);
  assert.deepEqual(net('LXC_ADDR=10.9.9.1\n'), ['1 lxc-net-addresses-differ']);
  const own = 'LXC_ADDR=10.9.9.1\nLXC_NETWORK=10.9.9.0/24\n';
  assert.deepEqual(net(own), ['2 lxc-net-addresses-differ']);
  assert.deepEqual(net(`${own}LXC_DHCP_RANGE=10.9.9.2,10.9.9.254\n`), []);
});

interface Recorded {
  readonly sameAs?: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly granted?: Readonly<Record<string, number>>;
  readonly crashed?: boolean;
  readonly syntax?: string;
  readonly bridges?: string;
  readonly startRc?: number;
}

const recordedOf = (versions: Readonly<Record<string, Recorded>>, version: string): Recorded => {
  const one = versions[version] ?? {};
  return one.sameAs === undefined ? one : recordedOf(versions, one.sameAs);
};

/** What is given to the user `tester`, who is in the group `web`; lines that are said to count for nothing count for nothing. */
const grantedIn = (text: string, lxcVersion: LxcRelease): number | undefined => {
  const said = rulesIn('lxcusernet', text, { lxcVersion });
  const fit = parseUsernet(text).loose.filter(({ line }) => !said.includes(`${line} lxc-usernet-line-unread`));
  const own = fit.filter(({ key }) => key === 'tester');
  // Lines of another name that fits do not simply add.
  const lines = own.length > 0 ? own : fit.filter(({ key }) => key === '@web');
  const counts = lines
    .filter(({ value }) => /^veth[ \t]+lxcbr0[ \t]/u.test(value))
    .map(({ value }) => Number.parseInt(value.split(/[ \t]+/u)[2] ?? '', 10));
  // What a number below 0 does to others is not worked out.
  return counts.some((count) => count <= 0)
    ? undefined
    : Math.min(
        4,
        counts.reduce((sum, one) => sum + one, 0),
      );
};

describe('what the tools of LXC made of real and crafted files is what we say', () => {
  for (const [version, lxcVersion] of [
    ['5.0.2', '5.0'],
    ['6.0.4', '6.0'],
    ['7.0.0', '7.0'],
  ] as const)
    test(`LXC ${version}`, { skip: facts === undefined ? noSharedFacts : false }, async () => {
      const folder = join(facts ?? '', 'corpus/lxc-system');
      const { files } = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as {
        readonly files: Readonly<Record<string, Readonly<Record<string, Recorded>>>>;
      };
      const names = (await readdir(folder, { recursive: true })).filter((name) => files[name] !== undefined);
      assert.equal(names.length, Object.keys(files).length);
      for (const name of names) {
        const text = await readFile(join(folder, name), 'utf8');
        const recorded = recordedOf(files[name] ?? {}, version);
        if (recorded.values !== undefined) {
          const counting = new Map<string, string>();
          for (const { key, value } of parseSystem(text).loose)
            if (!counting.has(key)) counting.set(key, key === 'lxc.lxcpath' ? value.replace(/\/+$/u, '') : value);
          for (const { name: key } of systemKeys()) {
            const written = counting.get(key);
            if (written !== undefined && recorded.values[key] !== undefined)
              assert.equal(recorded.values[key], written, `${name} ${key}`);
          }
        } else if (recorded.granted !== undefined) {
          const crashes = rulesIn('lxcusernet', text, { lxcVersion }).some((one) => one.endsWith('group-crashes'));
          if (recorded.crashed === true) assert.ok(crashes, name);
          else {
            const granted = grantedIn(text, lxcVersion);
            if (granted !== undefined) assert.equal(granted, recorded.granted['veth lxcbr0'], name);
          }
        } else {
          const said = rulesIn('lxcnet', text, { lxcVersion }).map((one) => one.replace(/^\d+ /u, ''));
          assert.equal(said.includes('lxc-net-shell'), recorded.syntax !== '', name);
          // A start that needs iptables fails on that machine alone.
          if (name.includes('waydroid')) continue;
          const isRight = recorded.startRc === 0 && /^lxcbr0 10\.\d+\.\d+\.1\/24$/u.test(recorded.bridges ?? '');
          const isSaid = said.some((rule) => ['lxc-net-value', 'lxc-net-shell', 'lxc-net-line-unread'].includes(rule));
          assert.equal(isSaid, !isRight, `${name}: ${said.join(' ')}`);
        }
      }
    });
});
