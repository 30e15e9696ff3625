import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backends } from '../../../../src/machines/backends.ts';
import type { MachineDetails } from '../../../../src/machines/machine.ts';
import { createLazyAnswers } from '../../../../src/ui/tree/lazyAnswers.ts';
import type { ImageNode } from '../../../../src/ui/tree/node.ts';
import { createOpenedRows } from '../../../../src/ui/tree/openedRows.ts';
import { l10n } from '../l10n.ts';
import { image, named } from './samples.ts';

test('the lines of an opened image are kept, and read anew when they are outdated', async () => {
  const files: string[] = [];
  const enabled = new Set<string>();
  const opened = createOpenedRows({
    backends,
    inventory: { machines: new Map(), images: named(image('web')), enabled, failed: new Map() },
    answers: createLazyAnswers<MachineDetails>({
      ask: () => Promise.reject(new Error('nobody asks')),
      onAnswer: () => undefined,
      isCancelled: () => false,
      atOnce: 1,
    }),
    machineOn: () => undefined,
    nspawnFile: () => Promise.resolve(files.map((path) => ({ path, trusted: true, summary: [] }))[0]),
    explain: (failure) => Promise.resolve(String(failure)),
    language: 'en',
    l10n,
  });
  const owner: ImageNode = { kind: 'image', id: 'web' };
  const bootLine = async (): Promise<string | undefined> => {
    const lines = await opened.linesOf(owner);
    const line = lines.find((one) => one.kind === 'detail' && one.detail === 'boot');
    return line?.kind === 'detail' ? opened.detailOf(line)?.value : undefined;
  };
  const nspawnLine = async (): Promise<string | undefined> => {
    const lines = await opened.linesOf(owner);
    const line = lines.find((one) => one.kind === 'detail' && one.detail === 'nspawnFile');
    return line?.kind === 'detail' ? opened.detailOf(line)?.value : undefined;
  };
  assert.match((await nspawnLine()) ?? '', /none/u);
  files.push('/etc/systemd/nspawn/web.nspawn');
  assert.match((await nspawnLine()) ?? '', /none/u, 'drawing the row again reads nothing');
  opened.outdateAll();
  assert.match((await nspawnLine()) ?? '', /web\.nspawn/u);
  assert.equal(await bootLine(), 'does not start when this system boots');
  enabled.add('web');
  files.length = 0;
  opened.outdate(owner);
  assert.match((await nspawnLine()) ?? '', /none/u);
  assert.equal(await bootLine(), 'starts when this system boots');
});
