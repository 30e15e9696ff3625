import type { LibcgroupVersion } from '../../../src/language/context.ts';
import type { CgconfigVerdict } from '../../differential/compareCgconfig.ts';
import type { Suite } from '../boot/debootstrap.ts';
import type { JudgeKind } from './judge.ts';

/** The libcgroup of every suite. */
export const libcgroupVersions: Readonly<Record<Suite, LibcgroupVersion>> = {
  bookworm: '2.0.2',
  trixie: '3.1',
  forky: '3.2',
};

/**
 * The last eight bits of ECGCONFIGPARSEFAIL, ECGNAMESPACEPATHS, ECGNAMESPACECONTROLLER, ECGMOUNTNAMESPACE and ECGROUPPARSEFAIL
 * of libcgroup's error.h.
 */
const exits = { parse: 104, namespacePaths: 105, namespaceController: 106, mountNamespace: 107, systemd: 99 };

const isRefused = (exit: number, said: string): boolean =>
  exit === exits.parse ||
  exit === exits.namespacePaths ||
  exit === exits.mountNamespace ||
  // The same code comes where systemd cannot be reached.
  (exit === exits.systemd && /missing (?:slice|scope) name/u.test(said));

const verdictOf = ([status, said = Buffer.of(), ms, wallMs]: readonly Buffer[]): CgconfigVerdict => {
  const number = Number(status?.toString() ?? '0');
  const words = said.toString('latin1');
  const line = /(?:error|parsing failed) at line number (\d+)/u.exec(words)?.[1];
  const base = {
    ms: Number(ms?.toString() ?? '0'),
    wallMs: Number(wallMs?.toString() ?? '0'),
    said: words.split('\n').filter((one) => one !== ''),
    ...(line === undefined ? {} : { line: Number(line) }),
  };
  if ((number & 127) !== 0) return { outcome: 'crashed', ...base };
  const exit = number >> 8;
  if (exit === exits.parse && words.includes('failed to get cgroup version')) return { outcome: 'unmounted', ...base };
  if (isRefused(exit, words)) return { outcome: 'refused', ...base };
  const isStoppedEarly =
    exit === exits.namespaceController ||
    /cannot (?:access|create directory|mount) |is not a directory|open the system bus/u.test(words);
  return { outcome: 'taken', ...base, ...(isStoppedEarly ? { isStoppedEarly } : {}) };
};

/**
 * Reads cgconfig.conf files as nobody, about three milliseconds each; nothing is set up. As far as libcgroup can tell, every
 * controller of Linux is mounted as cgroup v1, and every user exists.
 */
export const cgconfigJudge: JudgeKind<CgconfigVerdict> = {
  name: (suite) => `cgconfigparser ${libcgroupVersions[suite]}`,
  program: 'judgeCgconfig.pl',
  prepare: `
mount -t tmpfs tmpfs "$base/proc"
printf 'passwd: files\\ngroup: files\\n' > "$base/tmp/nsswitch.conf"
for name in passwd group nsswitch.conf; do
  touch "$base/tmp/$name"
  mount --bind "$base/tmp/$name" "$base/etc/$name"
done
`,
  verdictOf,
};
