/** The set-up of each kind of test, each as the first command on a Debian 12 that has Node, npm and git and nothing else. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { progress } from '../rig/progress.ts';
import { bareMachineObstacle, makeBareMachine } from './bareMachine.ts';
import type { BareMachine } from './bareMachine.ts';

const obstacle = await bareMachineObstacle();

/** The cheapest first; what one has built the next ones find, but none of the tools that it installed. */
const setups = ['judge', 'extension', 'workbench', 'host', 'start', 'qemu'] as const;

describe('on a bare Debian 12', obstacle === undefined ? {} : { skip: obstacle }, () => {
  const interruption = new AbortController();
  const held: { machine?: BareMachine } = {};
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interruption.abort());
  before(async () => {
    // It fetches Node and the packages, as any first command does, and runs a unit test.
    const first = ['npm', 'test', '--', 'test/unit/rig/progress.test.ts'];
    held.machine = await makeBareMachine(first, progress, interruption.signal);
  });
  after(async () => {
    await held.machine?.remove();
  });

  for (const name of setups)
    test(`npm test -- test/setup/${name}.test.ts sets up what it needs`, async () => {
      assert.ok(held.machine !== undefined);
      const command = ['npm', 'test', '--', `test/setup/${name}.test.ts`];
      const { exitCode, output } = await held.machine.run(command, interruption.signal);
      assert.equal(exitCode, 0, output);
      assert.match(output, /^[1-9]\d* passed, 0 failed, 0 skipped$/mu, output);
    });

  test('a tool of the outer machine cannot be reached from there', async () => {
    assert.ok(held.machine !== undefined);
    const look = ['sh', '-c', 'ls /mnt; command -v mmdebstrap; ps 2>&1; ls -d /proc/[0-9]* | wc -l'];
    const { output } = await held.machine.run(look, interruption.signal);
    assert.doesNotMatch(output, /mmdebstrap$/mu);
    assert.match(output, /^\d$/mu, 'it sees processes of the outer machine');
  });
});
