import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { describeHarm, harmsOf, harmsOfGenerated } from './judge/repairs.ts';
import type { Harms, RepairSubject, Trial } from './judge/repairs.ts';
import { cgconfigRepairs, cgrulesRepairs, nspawnRepairs, startRepairs } from './judge/repairSubjects.ts';
import { withJudgesOf } from './judge/withJudge.ts';

const seeds = { 'the same as ever': 20261129, 'new in every run': randomInt(2 ** 31) };

const areHarmless = async <Verdict>(trial: Trial<Verdict>, { harms }: Harms): Promise<void> => {
  const shown: string[] = [];
  for (const harm of harms.slice(0, 3)) shown.push(await describeHarm(trial, harm));
  assert.equal(harms.length, 0, `${harms.length} repairs do harm\n${shown.join('\n')}`);
};

/**
 * @param files for each version and seed, as many as take a few seconds; `judge/differential.ts --repairs` takes thousands.
 *   None where the generated files that a tool takes have hardly anything to repair.
 * @param known texts with which the tool is content, and would not be if all were done that a rule prefers
 */
const doNoHarm = <Verdict>(
  subject: RepairSubject<Verdict>,
  files: number,
  known: readonly string[] = [],
): Promise<void> =>
  withJudgesOf(subject.kind, ({ suite, judge }) => {
    const trialNow = (): Trial<Verdict> => ({ subject, judge: judge(), suite });
    for (const [name, seed] of files === 0 ? [] : Object.entries(seeds))
      test(`sure repairs of ${files} generated files do no harm, ${name}: seed ${seed}`, async () => {
        const trial = trialNow();
        const found = await harmsOfGenerated(trial, seed, files);
        assert.ok(found.repairs > 0 || seed !== seeds['the same as ever'], 'nothing was repaired');
        await areHarmless(trial, found);
      });
    test('nor do those of texts that one of them once harmed', async () => {
      const trial = trialNow();
      await areHarmless(trial, await harmsOf(trial, known));
    });
  });

await doNoHarm(nspawnRepairs, 40, [
  '[Exec]\nInterface=1\n',
  '[Exec]\nInterface=a:b:c\n',
  '[Exec]\nCPUAFFINITY=1.5\n',
  '[EXEC]\nCPUAffinity=1.5\n',
  '[Files]\nVolatile=State\nPrivateUsersChown=yes\n[Exec]\nPrivateUsers=pick\n',
]);
await doNoHarm(startRepairs, 5, [
  '[Files]\nPort=53\n',
  '[Files]\nPort=Udp:1:1\n',
  '[ Files]\nBindUser=daemon\n',
  '[Files]\nBindUserShell="/bin/sh"\n',
]);
await doNoHarm(cgconfigRepairs, 0, [
  'group a { cpu { cpu.shares = 1; cpu.shares1 = 2; } }\n',
  'group a { cpu { } }/* c */ memory { }',
  '\ufeffgroup a { cpu { }\n',
]);
await doNoHarm(cgrulesRepairs, 0, ['*"": cpu d\n', 'a:"b"c cpu d\n', 'a:"b"c: cpu d\n']);
