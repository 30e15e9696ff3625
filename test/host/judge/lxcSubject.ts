import { compareLxc } from '../../differential/compareLxc.ts';
import type { LxcVerdict } from '../../differential/compareLxc.ts';
import { generateLxc } from '../../differential/generateLxc.ts';
import type { Subject } from './agreement.ts';
import { lxcJudge, lxcReleases } from './lxcJudge.ts';

/** Configurations of containers of LXC: each line, and what is set behind the last one. */
export const lxcSubject: Subject<LxcVerdict> = {
  kind: lxcJudge,
  generate: (random) => generateLxc(random),
  compare: (text, verdict, suite) => compareLxc(text, verdict, lxcReleases[suite]),
  said: ({ outcome, refusedLines, items }, difference) => [
    ...(difference?.about === undefined
      ? []
      : [`${difference.about} = ${JSON.stringify(items.get(difference.about))}`]),
    `${outcome}, refused: ${refusedLines.join(' ')}`,
  ],
  fixture: (text, { outcome, refusedLines }, suite) => ({
    version: lxcReleases[suite],
    text,
    real: { outcome, refusedLines },
  }),
};
