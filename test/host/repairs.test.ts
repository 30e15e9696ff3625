import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { repairableTexts } from '../differential/repairableTexts.ts';
import { repairsOf } from '../differential/repairs.ts';
import { describeHarm, harmsOf, harmsOfGenerated, mendsOf } from './judge/repairs.ts';
import type { Harms, RepairSubject, Trial } from './judge/repairs.ts';
import { cgconfigRepairs, cgrulesRepairs, nspawnRepairs, startRepairs } from './judge/repairSubjects.ts';
import type { Suite } from './boot/debootstrap.ts';
import { withJudgesOf } from './judge/withJudge.ts';

const seeds = { 'the same as ever': 20261129, 'new in every run': randomInt(2 ** 31) };

/** For each rule that is demanded. */
const least = 5;

const areHarmless = async <Verdict>(trial: Trial<Verdict>, { harms }: Harms): Promise<void> => {
  const shown: string[] = [];
  for (const harm of harms.slice(0, 3)) shown.push(await describeHarm(trial, harm));
  assert.equal(harms.length, 0, `${harms.length} repairs do harm\n${shown.join('\n')}`);
};

/**
 * @param files for each version and seed, as many as take a few seconds; `judge/differential.ts --repairs` takes thousands.
 * @param known texts with which the tool is content, and would not be if all were done that a rule prefers
 * @param demanded rules that repair what the tool takes: of each so many repairs must have been judged
 * @param texts with sure repairs of every rule that has any
 */
const doNoHarm = <Verdict>(
  subject: RepairSubject<Verdict>,
  files: number,
  known: readonly string[] = [],
  demanded: (suite: Suite) => readonly string[] = () => [],
  texts: readonly string[] = repairableTexts[subject.languageId],
): Promise<void> =>
  withJudgesOf(subject.kind, ({ suite, judge }) => {
    const trialNow = (): Trial<Verdict> => ({ subject, judge: judge(), suite });
    for (const [name, seed] of Object.entries(seeds))
      test(`sure repairs of ${files} generated files do no harm, ${name}: seed ${seed}`, async () => {
        const trial = trialNow();
        const found = await harmsOfGenerated(trial, seed, files);
        assert.ok(found.repairs > 0 || seed !== seeds['the same as ever'], 'nothing was repaired');
        if (seed === seeds['the same as ever'])
          for (const rule of demanded(suite)) {
            const count = found.rules.filter((one) => one === rule).length;
            assert.ok(count >= least, `${count} repairs of ${rule} were judged`);
          }
        await areHarmless(trial, found);
      });
    if (texts.length > 0)
      test(`every rule with a sure repair has ${least} of them judged, and what was refused is taken afterwards`, async () => {
        const trial = trialNow();
        const context = subject.contextOf(suite);
        const wanted = new Set(
          texts.flatMap((text) => repairsOf(text, subject.languageId, context).flatMap(({ rule }) => rule ?? [])),
        );
        const taken = await harmsOf(trial, texts);
        const mended = await mendsOf(trial, texts);
        const judged = [...taken.rules, ...mended.rules];
        for (const rule of wanted) {
          const count = judged.filter((one) => one === rule).length;
          assert.ok(count >= least, `${count} repairs of ${rule} were judged`);
        }
        await areHarmless(trial, taken);
        assert.deepEqual(
          mended.harms.map(({ text, repaired, said }) => [repaired.by, text, repaired.text, ...said]),
          [],
        );
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
  '[Exec]\nAmbientCapability=All\n[Files]\nTemporaryFileSystem=/: #\n',
  '[Files]\nVolatile=State\nPrivateUsersChown=yes\n[Exec]\nPrivateUsers=pick\n',
]);
await doNoHarm(
  startRepairs,
  5,
  [
    '[Files]\nPort=53\n',
    '[Files]\nPort=Udp:1:1\n',
    '[ Files]\nBindUser=daemon\n',
    '[Files]\nBindUserShell="/bin/sh"\n',
  ],
  () => [],
  // Each takes half a second and more: those of nspawnRepairs are judged without a start.
  [],
);
await doNoHarm(
  cgconfigRepairs,
  100,
  [
    'group a { cpu { cpu.shares = 1; cpu.shares1 = 2; } }\n',
    'group a { cpu { } }/* c */ memory { }',
    '\ufeffgroup a { cpu { }\n',
  ],
  (suite) => (suite === 'bookworm' ? [] : ['perm-group-zero', 'ignore-unused', 'ignore-unknown-rule']),
);
await doNoHarm(cgrulesRepairs, 100, ['*"": cpu d\n', 'a:"b"c cpu d\n', 'a:"b"c: cpu d\n'], (suite) =>
  suite === 'forky' ? ['rule-quote-in-key', 'ignore-unknown-rule'] : ['ignore-unknown-rule'],
);
