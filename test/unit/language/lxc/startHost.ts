import { defaultContext } from '../../../../src/language/context.ts';
import { judgedLxc } from '../../../../src/language/lxc/judgedType.ts';
import { parseLxc } from '../../../../src/language/lxc/parse.ts';
import type { FoundInside, FoundPath, NamedOnHost } from '../../../../src/language/namedOnHost.ts';
import type { LxcRelease } from '../../../../src/schema/lxcTypes.ts';

/** A recorded start of corpus/lxc-start-cases.json. */
export interface StartCase {
  readonly lines: readonly string[];
  readonly directives?: readonly string[];
  readonly cgroup?: string;
}

const directories = ['/', '/tmp', '/sys', '/etc', '/bin', '/var/log', '/run/netns'];
const plainFiles = ['/etc/hostname', '/usr/share/lxc/config/common.seccomp', '/etc/subuid', '/etc/subgid'];
const devices = ['/dev/null'];
const programs = ['/bin/true', '/bin/false', '/usr/bin/newuidmap', '/usr/bin/newgidmap'];

const insideDirectories = ['/bin', '/usr', '/sbin', '/mnt', '/etc', '/tmp', '/dev', '/proc', '/sys', '/srv', '/root'];
const insidePrograms = ['/bin/true', '/bin/sh', '/bin/sleep', '/sbin/init'];

const texts: Readonly<Record<string, string>> = {
  '/etc/hostname': 'lab\n',
  '/usr/share/lxc/config/common.seccomp': '2\ndenylist\nreject_force_umount  # a comment\n[all]\nkexec_load errno 1\n',
  '/etc/subuid': 'root:100000:65536\n',
  '/etc/subgid': 'root:100000:65536\n',
  '/proc/sys/kernel/pty/max': '4096\n',
  '/sys/fs/cgroup/cgroup.controllers': '\n',
  '/proc/sys/net/ipv6/conf/dum0/proxy_ndp': '0\n',
  '/proc/sys/net/ipv6/conf/dum0/forwarding': '0\n',
};

/** The host that the cases were started on, with what a case makes before its start. */
export const startHostOf = (
  name: string,
  text: string,
  { directives = [], cgroup }: StartCase,
  lxcVersion: LxcRelease,
): NamedOnHost => {
  const before = directives.filter((one) => one.startsWith('#before')).join('\n');
  const written = /printf "([^"]*)" > (\S+)/u.exec(before);
  const own = written === null ? {} : { [written[2] ?? '']: (written[1] ?? '').replaceAll('\\n', '\n') };
  const all = { ...texts, ...own };
  const root = `/var/lib/lxc/${name}/rootfs`;
  const isLegacy = cgroup !== undefined;
  const kindOf = (path: string): FoundPath => {
    if (path === '/sys/fs/cgroup/cgroup.controllers') return isLegacy ? 'absent' : 'other';
    if (path.startsWith('/sys/fs/cgroup/')) return isLegacy ? 'directory' : 'absent';
    if (directories.includes(path) || path === root || path.startsWith(`${root}/`)) return 'directory';
    if (/\bmkdir -p\b/u.test(before) && before.includes(path)) return 'directory';
    return [...plainFiles, ...programs, ...devices].includes(path) || path in all || before.includes(path)
      ? 'other'
      : 'absent';
  };
  const insideKind = (path: string): FoundInside => {
    if (insideDirectories.includes(path)) return 'directory';
    if (insidePrograms.includes(path)) return 'program';
    if (path === '/etc/passwd') return 'plain';
    return before.includes(`@R@${path}`) ? 'directory' : 'absent';
  };
  const names = judgedLxc.namesOnHost?.(parseLxc(text), { ...defaultContext, lxcVersion });
  const paths = names?.paths ?? [];
  return {
    interfaces: new Map([
      ['lxcbr0', 'bridge'],
      ['dum0', 'other'],
    ]),
    paths: new Map(paths.map((path) => [path, kindOf(path)])),
    users: new Map(),
    runs: false,
    plain: new Map(
      paths.flatMap((path): readonly (readonly [string, 'plain' | 'program'])[] => {
        if (programs.includes(path)) return [[path, 'program']];
        return plainFiles.includes(path) ? [[path, 'plain']] : [];
      }),
    ),
    texts: new Map(
      (names?.ofContainers?.texts ?? []).flatMap((path) => {
        const known = all[path];
        return known === undefined ? [] : [[path, known] as const];
      }),
    ),
    inside: new Map((names?.ofContainers?.inside?.paths ?? []).map((path) => [path, insideKind(path)])),
    containers: new Set<string>(),
  };
};
