import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Run } from '../../../../src/machines/command.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import { setEnabled, startsAtBoot } from '../../../../src/machines/nspawn/operate/enableMachine.ts';
import type { OperationHost } from '../../../../src/machines/operation.ts';
import { performOperation } from '../../../../src/machines/performOperation.ts';

/** A host on which a unit is as `file` says, whatever is done; where there is no image, and enabling fails. */
const hostWhere = (file: string): { readonly host: OperationHost; readonly ran: string[] } => {
  const ran: string[] = [];
  const run: Run = (command) => {
    const line = [command.file, ...command.args].join(' ');
    ran.push(line);
    if (/^machinectl (?:show-image|enable) /u.test(line)) {
      const { file: tool, args } = command;
      const failure = { kind: 'toolFailed', file: tool, args, exitCode: 1, signal: undefined, stderr: '' } as const;
      return Promise.reject(new MachineError(failure));
    }
    return Promise.resolve(
      command.parse({ exitCode: 0, stdout: `ActiveState=inactive\nUnitFileState=${file}\n`, stderr: '' }),
    );
  };
  const inventory = {
    machines: new Map(),
    images: new Map(),
    onDidChange: () => () => undefined,
    refresh: () => Promise.resolve(),
  };
  return { host: { run, inventory }, ran };
};

const kindOf = async (doing: Promise<void>): Promise<string | undefined> => {
  try {
    await doing;
    return undefined;
  } catch (error) {
    return error instanceof MachineError ? error.failure.kind : assert.fail(String(error));
  }
};

const { signal } = new AbortController();

test('whether a machine starts at boot is what systemd says of its unit; of what can be no machine nobody is asked', async () => {
  assert.equal(await startsAtBoot(hostWhere('enabled').host, 'web'), true);
  assert.equal(await startsAtBoot(hostWhere('disabled').host, 'web'), false);
  assert.equal(await startsAtBoot(hostWhere('').host, 'web'), false);
  // A link in /run is gone at the next boot.
  assert.equal(await startsAtBoot(hostWhere('enabled-runtime').host, 'web'), false);
  const { host, ran } = hostWhere('enabled');
  assert.equal(await startsAtBoot(host, 'a_b'), false);
  assert.deepEqual(ran, []);
});

test('enabling and disabling end when systemd says so, and fail where it says otherwise', async () => {
  for (const enabled of [true, false]) {
    const { host, ran } = hostWhere('disabled');
    const outcome = await kindOf(performOperation(host.run, setEnabled(host, 'web', enabled), signal));
    assert.equal(outcome, enabled ? 'noSuchImage' : undefined);
    // Not machinectl, which disables nothing whose image is gone.
    const disabling = 'systemctl disable -- systemd-nspawn@web.service';
    assert.equal(ran[0], enabled ? 'machinectl enable -- web' : disabling);
  }
  const { host } = hostWhere('enabled');
  assert.equal(await kindOf(performOperation(host.run, setEnabled(host, 'web', false), signal)), 'noEffect');
});

test('what is left of an image that is gone can be disabled, so a failure of that is not explained by the image', async () => {
  const { host } = hostWhere('enabled');
  assert.equal(await setEnabled(host, 'web', false).explain(signal), undefined);
  assert.deepEqual(await setEnabled(host, 'web', true).explain(signal), { kind: 'noSuchImage', name: 'web' });
});
