import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSources } from '../../../scripts/parseSources.ts';

test('every question with a warning offers first what does nothing, because VS Code gives Enter to the first button', () => {
  // Those that lose nothing by Enter: they write what was shown beside them, and can be taken back.
  const harmless = ['applyGroups.ts', 'writeMigratedUnits.ts', 'notifications.ts'];
  const asking = parseSources('src/ui')
    .filter(({ text }) => /askModal\(\s*'warning'/u.test(text))
    .map(({ fileName }) => fileName.split('/').at(-1) ?? '')
    .filter((name) => !harmless.includes(name));
  assert.deepEqual(asking, []);
});
