import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, mock, test } from 'node:test';
import { boundedReads, NoAnswer } from '../../../../src/machines/host/boundedReads.ts';
import { findStartedWith } from '../../../../src/machines/nspawn/attach/startedWith.ts';
import { findNspawnFile, readNspawnSummary, readNspawnText } from '../../../../src/machines/nspawn/nspawnFile.ts';
import { osReleaseInTree } from '../../../../src/machines/host/osRelease.ts';
import { readProcess } from '../../../../src/machines/host/process.ts';
import { ownProgram, start } from '../../../rig/program.ts';

/** As many reads hang as may go on at a time, as those of a file system whose server is gone. */
const held = { directory: '', answer: (): void => undefined };

before(async () => {
  held.directory = mkdtempSync(join(tmpdir(), 'silent-'));
  writeFileSync(join(held.directory, 'web.nspawn'), '[Exec]\nBoot=yes\n');
  mock.timers.enable({ apis: ['setTimeout'] });
  const answered = new Promise<void>((resolve) => {
    held.answer = resolve;
  });
  const stuck = [1, 2].map(() => boundedReads(() => answered));
  const refused = Promise.all(stuck.map((read) => assert.rejects(read, NoAnswer)));
  await Promise.resolve();
  mock.timers.tick(3_000);
  await refused;
  mock.timers.reset();
});
after(() => {
  held.answer();
  rmSync(held.directory, { recursive: true });
});

test('a settings file that does not answer is one of which nobody can tell', async () => {
  const { directory } = held;
  assert.equal(await findNspawnFile('web', undefined, [directory]), 'closed');
  assert.equal(await readNspawnText(join(directory, 'web.nspawn')), undefined);
  assert.deepEqual(await readNspawnSummary(join(directory, 'web.nspawn')), []);
  assert.equal(await osReleaseInTree('/'), undefined);
});

test('a shell beside settings that do not answer is in doubt', async () => {
  const supervisor = join(held.directory, 'systemd-nspawn');
  symlinkSync('/bin/sh', supervisor);
  const child = start(ownProgram(supervisor), [], { argv0: 'sh', stdio: ['pipe', 'ignore', 'ignore'] });
  try {
    await once(child, 'spawn');
    const facts = await readProcess(child.pid ?? 0);
    assert.ok(facts !== undefined);
    const found = await findStartedWith(
      { ...facts, parent: child.pid ?? 0 },
      { name: 'web', beside: [held.directory] },
    );
    const silent = found.doubts.flatMap((doubt) => (doubt.kind === 'fileSilent' ? doubt.path : []));
    assert.deepEqual(silent, [
      '/etc/systemd/nspawn/web.nspawn',
      '/run/systemd/nspawn/web.nspawn',
      `${held.directory}/web.nspawn`,
      '/etc/systemd/nspawn',
    ]);
    assert.deepEqual(found.hidden, []);
  } finally {
    child.kill('SIGKILL');
  }
});
