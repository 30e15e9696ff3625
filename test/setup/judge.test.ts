import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cgconfigJudge } from '../host/judge/cgconfigJudge.ts';
import { startJudge } from '../host/judge/judge.ts';
import { progress } from '../rig/progress.ts';

test('a judge starts and gives a verdict', async () => {
  const judge = await startJudge(cgconfigJudge, 'trixie', progress);
  const [verdict] = await judge.judge([Buffer.from('group a { cpu { cpu.shares = 1; } }\n')]);
  await judge.close();
  assert.equal(verdict?.outcome, 'taken');
});
