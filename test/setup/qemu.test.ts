import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tool } from '../host/boot/tools.ts';
import { qemuTools } from '../host/qemu.ts';
import { startSync } from '../rig/program.ts';

// Its disk takes minutes to build and to boot, and is made by the same functions as the file system of a host.
test('the tools of a virtual machine can be had and run', async () => {
  for (const name of qemuTools) {
    const { error, status } = startSync(await tool(name), ['--version']);
    assert.equal(error, undefined, name);
    // 127 is what a missing library ends with.
    assert.notEqual(status, 127, name);
  }
});
