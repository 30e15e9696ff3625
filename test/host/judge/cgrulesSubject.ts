import { compareCgrules } from '../../differential/compareCgrules.ts';
import type { CgrulesVerdict } from '../../differential/compareCgrules.ts';
import { generateCgrules } from '../../differential/generateCgrules.ts';
import type { Subject } from './agreement.ts';
import { libcgroupVersions } from './cgconfigJudge.ts';
import { cgrulesJudge } from './cgrulesJudge.ts';

/** cgrules.conf: whether cgrulesengd takes a file. */
export const cgrulesSubject: Subject<CgrulesVerdict> = {
  kind: cgrulesJudge,
  generate: (random) => generateCgrules(random),
  compare: (text, verdict, suite) => compareCgrules(text, verdict, libcgroupVersions[suite]),
  said: ({ outcome, said = [] }) => [outcome, ...said],
  fixture: (text, { outcome }, suite) => ({ version: libcgroupVersions[suite], text, real: { outcome } }),
};
