import assert from 'node:assert/strict';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from 'node:test';
import { MachineError, type MachineFailure } from '../../../../src/machines/errors.ts';
import { createRun } from '../../../../src/machines/host/runWithExeca.ts';
import type { Operation } from '../../../../src/machines/operation.ts';
import { performOperation } from '../../../../src/machines/performOperation.ts';
import { createFakeContainers, type FakeContainers } from './fakeContainers.ts';

export const usualPath = process.env['PATH'] ?? '';
const now: { made: FakeContainers[] } = { made: [] };
afterEach(() => {
  for (const one of now.made.splice(0)) one.remove();
  process.env['PATH'] = usualPath;
});
/** Whose a file is only root can say. */
export const notRoot = process.getuid?.() !== 0;

export const run = createRun();
const { signal } = new AbortController();
export const perform = (operation: Operation): Promise<void> => performOperation(run, operation, signal);
export const tar = (...args: readonly string[]): Promise<void> => run({ file: 'tar', args, parse: () => undefined });

export const failureOf = async (work: Promise<unknown>): Promise<MachineFailure> =>
  work.then(
    () => assert.fail('it did not fail'),
    (error: unknown) => (error instanceof MachineError ? error.failure : assert.fail(String(error))),
  );

/** A host with a stopped container `web` that has a file, a link and a snapshot; its tools are real. */
export const withWeb = (): FakeContainers & { readonly file: string } => {
  const made = createFakeContainers();
  now.made.push(made);
  made.define(
    'web',
    `lxc.uts.name = web\nlxc.net.0.hwaddr = 00:16:3e:00:00:01\nlxc.mount.fstab = ${made.lxcpath}/web/fstab\n`,
  );
  made.write('lxc/web/rootfs/etc/kept', 'kept');
  symlinkSync('/etc/shadow', join(made.lxcpath, 'web/rootfs/link'));
  made.write('lxc/web/snaps/snap0/config', '');
  return { ...made, host: { ...made.host, run }, file: join(made.root, 'a b:c.tar.gz') };
};
export const config = ({ lxcpath }: FakeContainers, name: string): string =>
  readFileSync(join(lxcpath, name, 'config'), 'utf8');
export const entries = ({ lxcpath }: FakeContainers): readonly string[] => readdirSync(lxcpath).sort();
