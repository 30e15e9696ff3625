import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { checkAuthorization, findForbidden } from '../../../../src/machines/host/polkit.ts';
import { runBy } from './fakeMachine.ts';

const { getuid } = process;
afterEach(() => Object.assign(process, { getuid }));

test('what pkcheck says by its exit code', async () => {
  for (const [code, expected] of [
    [0, 'authorized'],
    [1, 'denied'],
    [2, 'challenge'],
    [3, 'denied'],
    [127, 'unknown'],
  ] as const)
    assert.equal(
      await checkAuthorization(
        runBy(() => code),
        'x.y',
      ),
      expected,
    );
});

test('the first action that needs a password is what is missing, root is missing none, and an answer of polkit counts alone', async () => {
  const asked: string[] = [];
  const run = runBy((line) => (line.includes('x.free') ? 0 : 2), asked);
  Object.assign(process, { getuid: () => 1000 });
  assert.equal(await findForbidden(run, ['x.free', 'x.locked', 'x.other']), 'x.locked');
  assert.equal(await findForbidden(run, ['x.free']), undefined);
  assert.equal(
    await findForbidden(
      runBy(() => 127),
      ['x.free'],
    ),
    'x.free',
  );
  asked.length = 0;
  Object.assign(process, { getuid: () => 0 });
  assert.equal(await findForbidden(run, ['x.locked']), undefined);
  assert.deepEqual(asked, []);
});
