import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { noSharedFacts, sharedFacts } from '../../../differential/sharedFacts.ts';
import { findingsOf } from './findings.ts';

const facts = await sharedFacts();
const skip = facts === undefined ? noSharedFacts : false;

interface Verdict {
  readonly status: string;
  readonly status_2_0_2: string;
}

/** Only the parser of 2.0.2 was asked; its loader refuses what has mount and namespace, as that of 3.2 does. */
const refusedByLoader = 'mount-and-namespace';

test('every sample is taken or refused as libcgroup 3.2 and 2.0.2 do', { skip }, async () => {
  const folder = join(facts ?? '', 'corpus/cgconfig');
  const { files } = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as {
    files: Readonly<Record<string, Verdict>>;
  };
  const wrong: string[] = [];
  for (const [name, verdict] of Object.entries(files)) {
    const text = await readFile(join(folder, name), 'utf8');
    for (const libcgroupVersion of ['3.2', '2.0.2'] as const) {
      const refusing = findingsOf(text, { libcgroupVersion })
        .filter(({ effect }) => effect === 'file-refused')
        .filter(({ rule }) => libcgroupVersion === '3.2' || rule !== refusedByLoader);
      const real = libcgroupVersion === '3.2' ? verdict.status : verdict.status_2_0_2;
      if ((real === 'valid') !== (refusing.length === 0))
        wrong.push(`${name} (${libcgroupVersion}): ${real}, ours ${refusing.map(({ rule }) => rule).join(' ')}`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(Object.keys(files).length > 90);
});
