import { compare, findingsOf } from '../../differential/compare.ts';
import type { RealVerdict } from '../../differential/compare.ts';
import { generateFile } from '../../differential/generate.ts';
import type { Subject } from './agreement.ts';
import { nspawnJudge, systemdVersions } from './nspawnJudge.ts';
import type { Verdict } from './nspawnVerdict.ts';

export const realVerdictOf = ({ messages, refusedAt, verify }: Verdict): RealVerdict => ({
  lines: [...new Set(messages.map(({ line }) => line))].sort((a, b) => a - b),
  ...(refusedAt === undefined ? {} : { refusedAt }),
  ...(verify === undefined ? {} : { verify }),
});

/** `.nspawn` files: the lines that systemd-nspawn ignores or refuses, and whether the settings go together. */
export const nspawnSubject: Subject<Verdict> = {
  kind: nspawnJudge,
  generate: (random, suite) => generateFile(random, systemdVersions[suite]),
  compare: (text, verdict, suite) => compare(realVerdictOf(verdict), findingsOf(text, systemdVersions[suite])),
  said: ({ messages, refusedAt, verify, others }, difference) => [
    ...(difference?.kind === 'verify' && verify !== undefined ? [verify] : []),
    ...messages
      .filter(({ line }) => difference?.line === undefined || line === difference.line)
      .map(({ line, text }) => `${line}: ${text}`),
    ...(refusedAt === undefined ? [] : [`refused at line ${refusedAt}`]),
    ...(difference?.kind !== 'verify' && verify !== undefined ? [verify] : []),
    ...others,
  ],
  fixture: (text, verdict, suite) => ({ version: systemdVersions[suite], text, real: realVerdictOf(verdict) }),
};
