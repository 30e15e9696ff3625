import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareCgconfig } from '../../../differential/compareCgconfig.ts';
import type { CgconfigVerdict } from '../../../differential/compareCgconfig.ts';
import { recordedVerdicts } from '../../../differential/recordedVerdicts.ts';
import { libcgroupVersions } from '../../../../src/language/context.ts';

test('we say of every recorded text what cgconfigparser was seen to do', async () => {
  const recorded = await recordedVerdicts<CgconfigVerdict>('cgconfig');
  assert.ok(recorded.length > 100);
  for (const { text, verdicts } of recorded)
    for (const version of libcgroupVersions)
      assert.deepEqual(
        compareCgconfig(text, verdicts[version], version),
        [],
        `libcgroup ${version} on ${JSON.stringify(text)}: ${JSON.stringify(verdicts[version])}`,
      );
});
