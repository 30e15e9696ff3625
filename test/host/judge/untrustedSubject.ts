import { compareUntrusted } from '../../differential/compareUntrusted.ts';
import type { UntrustedVerdict } from '../../differential/compareUntrusted.ts';
import { generateUntrusted } from '../../differential/generateUntrusted.ts';
import type { Subject } from './agreement.ts';
import { nspawnJudge, systemdVersions } from './nspawnJudge.ts';
import { nspawnSubject, realVerdictOf } from './nspawnSubject.ts';
import type { Verdict } from './nspawnVerdict.ts';

/** “Ignoring LimitCPU= setting, file '/tmp/m.nspawn' is not trusted.” */
const leaving = /^Ignoring (.+?) settings?, file .* is not trusted/u;

const untrustedVerdictOf = (verdict: Verdict): UntrustedVerdict => ({
  ...realVerdictOf(verdict),
  leftOut: verdict.others.flatMap((text) => leaving.exec(text)?.[1] ?? []),
});

/** `.nspawn` files beside the image, which systemd does not trust: also, which settings it leaves out. */
export const untrustedSubject: Subject<Verdict> = {
  ...nspawnSubject,
  kind: {
    ...nspawnJudge,
    name: (suite) => `${nspawnJudge.name(suite)} beside the image`,
    prepare: `${nspawnJudge.prepare}touch "$base/tmp/untrusted"\n`,
  },
  generate: (random, suite) => generateUntrusted(random, systemdVersions[suite]),
  compare: (text, verdict, suite) => compareUntrusted(text, untrustedVerdictOf(verdict), systemdVersions[suite]),
};
