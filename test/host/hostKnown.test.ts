import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readHost } from '../../src/hostFacts/readHost.ts';
import { defaultContext } from '../../src/language/context.ts';
import type { Host as KnownHost, LibcgroupVersion } from '../../src/language/context.ts';
import { languageFeatures, openFile } from '../../src/language/languageService.ts';
import type { Suite } from './boot/debootstrap.ts';
import { v1Obstacle } from './boot/v1Hierarchies.ts';
import type { Host } from './host.ts';
import { allSuites, withHost } from './withHost.ts';

/** What Debian has there. */
const versions: Readonly<Record<Suite, LibcgroupVersion>> = { bookworm: '2.0.2', trixie: '3.1', forky: '3.2' };

/** The files that a host is known by, in a directory that stands for its root. */
const copyFacts = async (host: Host, root: string): Promise<void> => {
  const copy = async (path: string): Promise<string> => {
    const { exitCode, stdout } = await host.run('cat', [path]);
    if (exitCode !== 0) return '';
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), stdout);
    return stdout;
  };
  for (const path of ['/etc/passwd', '/etc/group', '/etc/nsswitch.conf', '/proc/cgroups']) await copy(path);
  const mounts = await copy('/proc/self/mounts');
  for (const line of mounts.split('\n')) {
    const [, directory = '', type] = line.split(' ');
    if (type === 'cgroup2') await copy(`${directory}/cgroup.controllers`);
  }
};

const controllers = ['cpu', 'memory', 'pids', 'freezer', 'blkio', 'io', 'net_cls', 'hugetlb', '"name=nspawn-test"'];
const perm = (task: string): string => `perm { task { ${task} } admin { uid = root; } }`;
const texts: readonly string[] = [
  ...controllers.flatMap((name) => [`group nspawn-test { ${name} { } }`, `template nspawn-test { ${name} { } }`]),
  ...[
    'uid = root;',
    'uid = tester;',
    'uid = no-such-user;',
    'uid = 4711;',
    'gid = root;',
    'gid = 4711;',
    'gid = no-such-group;',
  ].map((task) => `template nspawn-test { ${perm(task)} }`),
];

const refusedByUs = (text: string, libcgroupVersion: LibcgroupVersion, host: KnownHost): boolean => {
  const file = openFile(TextDocument.create('file:///cgconfig.conf', 'cgconfig', 1, text), 'cgconfig');
  assert.ok(file !== undefined);
  const findings = languageFeatures.diagnose(file, { ...defaultContext, libcgroupVersion, host });
  return findings.some(({ effect }) => effect === 'file-refused');
};

/** As a user who may change nothing: 104 says that the file was refused while it was read. */
const judge =
  'printf %s "$1" >/tmp/known.conf; setpriv --reuid=65534 --regid=65534 --clear-groups cgconfigparser -l /tmp/known.conf';

for (const suite of allSuites)
  await withHost(
    suite,
    (host) => {
      test('with a host that is known, files are refused as its own cgconfigparser does', async () => {
        const root = mkdtempSync(join(tmpdir(), 'host-known-'));
        try {
          await copyFacts(host(), root);
          const known = readHost(root, 'linux');
          assert.ok(known !== undefined && known.controllers.length > 0 && known.users.length > 0);
          const wrong: string[] = [];
          for (const text of texts) {
            const { exitCode } = await host().run('sh', ['-c', judge, 'sh', text]);
            const ours = refusedByUs(text, versions[suite], known);
            if (ours !== (exitCode === 104))
              wrong.push(`${text}: we say ${ours ? 'refused' : 'taken'}, exit code ${exitCode}`);
          }
          assert.deepEqual(wrong, []);
        } finally {
          rmSync(root, { recursive: true });
        }
      });
    },
    { images: false, v1: v1Obstacle() === undefined },
  );
