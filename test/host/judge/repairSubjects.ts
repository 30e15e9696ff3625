import { defaultContext } from '../../../src/language/context.ts';
import { nspawnContext } from '../../differential/compare.ts';
import { generateRepairableCgconfig, generateRepairableCgrules } from '../../differential/generateRepairable.ts';
import { generateStart } from '../../differential/generateStart.ts';
import { slip } from '../../differential/slip.ts';
import type { CgconfigVerdict } from '../../differential/compareCgconfig.ts';
import type { CgrulesVerdict } from '../../differential/compareCgrules.ts';
import { libcgroupVersions } from './cgconfigJudge.ts';
import { cgconfigSubject } from './cgconfigSubject.ts';
import { cgrulesSubject } from './cgrulesSubject.ts';
import { systemdVersions } from './nspawnJudge.ts';
import { nspawnSubject } from './nspawnSubject.ts';
import type { Verdict } from './nspawnVerdict.ts';
import type { RepairSubject } from './repairs.ts';
import { startsJudge } from './startsJudge.ts';
import type { Start } from './startsJudge.ts';

/** `.nspawn` files: a taken file stays so, and settings that go together do so afterwards. */
export const nspawnRepairs: RepairSubject<Verdict> = {
  kind: nspawnSubject.kind,
  languageId: 'nspawn',
  generate: (random, suite) => slip(nspawnSubject.generate(random, suite), random),
  contextOf: (suite) => nspawnContext(systemdVersions[suite]),
  reached: ({ refusedAt, verify }) => (refusedAt !== undefined ? 0 : verify !== undefined ? 1 : 2),
  said: (verdict) => nspawnSubject.said(verdict, undefined),
};

/** Real starts: a machine that starts goes on to do so. */
export const startRepairs: RepairSubject<Start> = {
  ...nspawnRepairs,
  kind: startsJudge,
  generate: (random) => slip(slip(generateStart(random), random), random),
  reached: ({ started }) => (started ? 1 : 0),
  said: ({ said }) => said.split('\n').filter((line) => line !== ''),
};

/** cgconfig.conf: a taken file stays so. */
export const cgconfigRepairs: RepairSubject<CgconfigVerdict> = {
  kind: cgconfigSubject.kind,
  languageId: 'cgconfig',
  generate: generateRepairableCgconfig,
  contextOf: (suite) => ({ ...defaultContext, libcgroupVersion: libcgroupVersions[suite] }),
  reached: ({ outcome }) => (outcome === 'taken' ? 1 : 0),
  said: (verdict) => cgconfigSubject.said(verdict, undefined),
};

/** cgrules.conf: the same. */
export const cgrulesRepairs: RepairSubject<CgrulesVerdict> = {
  kind: cgrulesSubject.kind,
  languageId: 'cgrules',
  generate: generateRepairableCgrules,
  contextOf: cgconfigRepairs.contextOf,
  reached: ({ outcome }) => (outcome === 'taken' ? 1 : 0),
  said: (verdict) => cgrulesSubject.said(verdict, undefined),
};
