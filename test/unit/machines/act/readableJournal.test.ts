import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { mayReadSystemJournal } from '../../../../src/machines/host/readableJournal.ts';

test("the system's journal is readable where one of its files is", async (t) => {
  const place = await mkdtemp(join(tmpdir(), 'journal-'));
  t.after(() => rm(place, { recursive: true }));
  const [kept, volatile] = [join(place, 'var'), join(place, 'run')];
  const read = (): Promise<boolean> => mayReadSystemJournal([kept, volatile]);
  assert.equal(await read(), false);
  await mkdir(join(kept, '0123'), { recursive: true });
  await writeFile(join(kept, '0123', 'user-1000.journal'), '');
  assert.equal(await read(), false);
  // Stands for a file that may not be opened, which root may always.
  await mkdir(join(volatile, '4567'), { recursive: true });
  await symlink('nowhere', join(volatile, '4567', 'system.journal'));
  assert.equal(await read(), false);
  await writeFile(join(kept, '0123', 'system.journal'), '');
  assert.equal(await read(), true);
});
