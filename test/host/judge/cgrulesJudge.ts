import type { CgrulesVerdict } from '../../differential/compareCgrules.ts';
import { libcgroupVersions } from './cgconfigJudge.ts';
import type { JudgeKind } from './judge.ts';

/** The last eight bits of ECGROUPPARSEFAIL of libcgroup's error.h. */
const parseFailure = 99;

const verdictOf = ([status, said = Buffer.of()]: readonly Buffer[]): CgrulesVerdict => {
  const number = Number(status?.toString() ?? '0');
  const words = said.toString('latin1');
  const base = { said: words.split('\n').filter((one) => one !== '') };
  if ((number & 127) !== 0) return { outcome: 'crashed', ...base };
  const isRefused = number >> 8 === parseFailure && words.includes('failed to initialize rules');
  return { outcome: isRefused ? 'refused' : 'taken', ...base };
};

/** Reads cgrules.conf files; no process is looked at. As far as cgrulesengd can tell, every user and group exists. */
export const cgrulesJudge: JudgeKind<CgrulesVerdict> = {
  name: (suite) => `cgrulesengd ${libcgroupVersions[suite]}`,
  program: 'judgeCgrules.pl',
  prepare: `
mount -t tmpfs tmpfs "$base/proc"
mount -t tmpfs tmpfs "$base/etc"
printf 'passwd: files\\ngroup: files\\n' > "$base/etc/nsswitch.conf"
for name in passwd group cgrules.conf cgconfig.conf; do ln -s "/tmp/$name" "$base/etc/$name"; done
mkdir "$base/etc/cgrules.d" "$base/etc/cgconfig.d"
`,
  verdictOf,
};
