import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { LibcgroupVersion } from '../../src/language/context.ts';
import { encodeUtf8 } from '../../src/hostFacts/readText.ts';
import { compareCgconfig } from '../differential/compareCgconfig.ts';
import type { CgconfigVerdict } from '../differential/compareCgconfig.ts';
import { recordedFile, recordedVerdicts } from '../differential/recordedVerdicts.ts';
import { noSharedFacts, sharedFacts } from '../differential/sharedFacts.ts';
import { progress } from '../rig/progress.ts';
import { ensureRootfs } from './boot/rootfs.ts';
import { cgconfigJudge, libcgroupVersions } from './judge/cgconfigJudge.ts';
import { withJudgesOf } from './judge/withJudge.ts';

const facts = await sharedFacts();
const recorded = await recordedVerdicts<CgconfigVerdict>('cgconfig');
const seen = new Map<LibcgroupVersion, readonly CgconfigVerdict[]>();

const inShort = ({ outcome, line, isStoppedEarly }: CgconfigVerdict): CgconfigVerdict => ({
  outcome,
  ...(line === undefined ? {} : { line }),
  ...(isStoppedEarly === undefined ? {} : { isStoppedEarly }),
});

await withJudgesOf(cgconfigJudge, ({ suite, judge }) => {
  const version = libcgroupVersions[suite];
  const judged = async (texts: readonly string[]): Promise<readonly CgconfigVerdict[]> =>
    (await judge().judge(texts.map(encodeUtf8))).map(inShort);

  test('a file is taken, refused with a line, or names what is not mounted', async () => {
    const texts = ['group a {\n cpu {\n }\n}\n', 'group a {\n cpu {\n  b = 1\n }\n}\n', 'group a {\n foo {\n }\n}\n'];
    assert.deepEqual(await judged(texts), [
      { outcome: 'taken' },
      { outcome: 'refused', line: 4 },
      // Before 3.0 that shows when the group is set up.
      version === '2.0.2' ? { outcome: 'taken' } : { outcome: 'unmounted', line: 3 },
    ]);
  });

  test('the recorded verdicts are what it says', async () => {
    const verdicts = await judged(recorded.map(({ text }) => text));
    seen.set(version, verdicts);
    if (process.env['NSPAWN_RECORD'] !== undefined) return;
    assert.deepEqual(
      verdicts,
      recorded.map((one) => one.verdicts[version]),
    );
  });

  test('we agree on every sample file', facts === undefined ? { skip: noSharedFacts } : {}, async () => {
    const folder = join(facts ?? '', 'corpus/cgconfig');
    const { files } = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as { files: object };
    const names = Object.keys(files);
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    const verdicts = await judged(texts);
    const differing = verdicts.flatMap((verdict, index) =>
      compareCgconfig(texts[index] ?? '', verdict, version).map((difference) => ({
        name: names[index],
        verdict,
        difference,
      })),
    );
    assert.deepEqual(differing, []);
    assert.ok(names.length > 90);
  });

  test('nothing is written to the cached file system', async () => {
    const rootfs = await ensureRootfs(suite, progress);
    await assert.rejects(stat(join(rootfs, 'tmp/cgconfig.conf')), { code: 'ENOENT' });
    await assert.rejects(stat(join(rootfs, 'sys/fs/cgroup')), { code: 'ENOENT' });
  });
});

/** NSPAWN_RECORD writes down anew what was seen. */
after(async () => {
  if (process.env['NSPAWN_RECORD'] === undefined) return;
  const fixtures = recorded.map(({ text }, index) => ({
    text,
    verdicts: Object.fromEntries([...seen].map(([version, verdicts]) => [version, verdicts[index]])),
  }));
  await writeFile(recordedFile('cgconfig'), `${JSON.stringify(fixtures, undefined, 2)}\n`);
});
