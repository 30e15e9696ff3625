import { compareCgconfig } from '../../differential/compareCgconfig.ts';
import type { CgconfigVerdict } from '../../differential/compareCgconfig.ts';
import { generateCgconfig } from '../../differential/generateCgconfig.ts';
import type { Subject } from './agreement.ts';
import { cgconfigJudge, libcgroupVersions } from './cgconfigJudge.ts';

/** cgconfig.conf: whether cgconfigparser takes a file, and that no mistake is shown behind the line that it names. */
export const cgconfigSubject: Subject<CgconfigVerdict> = {
  kind: cgconfigJudge,
  generate: (random) => generateCgconfig(random),
  compare: (text, verdict, suite) => compareCgconfig(text, verdict, libcgroupVersions[suite]),
  said: ({ outcome, said = [] }) => [outcome, ...said],
  fixture: (text, { outcome, line, isStoppedEarly }, suite) => ({
    version: libcgroupVersions[suite],
    text,
    real: { outcome, line, isStoppedEarly },
  }),
};
