// Runs inside a host: asks a machine whose files never answer more often at once than this process has threads for files, and
// prints what came of that, whether files can still be read, and which children are left.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { MachineError } from '../../../src/machines/errors.ts';
import { planShell } from '../../../src/machines/nspawn/attach/openShell.ts';
import { readMachineUsers } from '../../../src/machines/nspawn/attach/readUsers.ts';
import type { OperationHost } from '../../../src/machines/operation.ts';
import { createRun } from '../../../src/machines/host/runWithExeca.ts';
import { guardWords } from '../../../src/ui/entryWords.ts';
import { l10n } from '../../unit/ui/l10n.ts';

const host: OperationHost = {
  run: createRun(),
  inventory: {
    machines: new Map(),
    images: new Map(),
    onDidChange: () => () => undefined,
    refresh: () => Promise.resolve(),
  },
};

const name = process.argv[2] ?? '';
const reasonOf = (asking: Promise<unknown>): Promise<string> =>
  asking.then(
    () => 'answered',
    (error: unknown) =>
      error instanceof MachineError && error.failure.kind === 'cannotEnter' ? error.failure.reason : String(error),
  );

const asked = await Promise.all([
  ...Array.from({ length: 5 }, () => reasonOf(readMachineUsers(host, name))),
  reasonOf(planShell(host, name, {}, guardWords(l10n))),
]);
const hostName = await Promise.race([readFile('/etc/hostname', 'utf8'), sleep(20_000).then(() => 'no answer')]);
const children = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8');
console.log(JSON.stringify({ asked, hostName: hostName.trim(), children: children.trim() }));
// A thread that waits for a file would keep this process from ending.
process.exit(0);
