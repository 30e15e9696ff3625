import type { JudgeKind } from './judge.ts';
import { nspawnJudge } from './nspawnJudge.ts';

/** What came of a start. */
export interface Start {
  readonly started: boolean;
  /** What the program inside found, or what systemd-nspawn said. */
  readonly said: string;
}

/** Starts a tiny machine with each `.nspawn` file, in a second or less each. The program inside tells what it got. */
export const startsJudge: JudgeKind<Start> = {
  name: (suite) => `starts of ${nspawnJudge.name(suite)}`,
  program: 'judgeStarts.pl',
  startsMachines: true,
  prepare: `
mount -t sysfs sysfs "$base/sys"
mount -t cgroup2 cgroup2 "$base/sys/fs/cgroup"
mount -t proc proc "$base/proc"
`,
  verdictOf: ([status, said]) => ({
    started: status?.toString() === '0',
    said: (said?.toString() ?? '').replaceAll('\r', ''),
  }),
};
