import type { Suite } from '../boot/debootstrap.ts';
import type { JudgeKind } from './judge.ts';
import { verdictOf } from './nspawnVerdict.ts';
import type { Verdict } from './nspawnVerdict.ts';

/** The systemd of every suite. */
export const systemdVersions: Readonly<Record<Suite, number>> = { bookworm: 252, trixie: 257, forky: 262 };

/** Reads `.nspawn` files, about ten milliseconds each. No machine is started. Newer versions refuse to run without cgroup2. */
export const nspawnJudge: JudgeKind<Verdict> = {
  name: (suite) => `systemd-nspawn ${systemdVersions[suite]}`,
  program: 'judgeFiles.pl',
  prepare: `
mkdir -p "$base/sys/fs/cgroup"
mount -t cgroup2 cgroup2 "$base/sys/fs/cgroup"
mount -t proc proc "$base/proc"
`,
  verdictOf,
};
