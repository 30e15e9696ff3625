import { MachineError } from '../../errors.ts';
import { checkMachineName, requireMachineName } from '../../names.ts';
import type { Operation, OperationHost } from '../../operation.ts';
import { enable } from '../commands/lifecycleCommands.ts';
import { disableUnit, enableUnit } from '../../host/unitCommands.ts';
import { machineUnit } from '../commands/lifecycleCommands.ts';
import { imageExists } from './imageLife.ts';
import { askUnit } from './machineLife.ts';

const askLimitMs = 30_000;

/** Whether systemd starts the machine of that name at every boot, as systemd itself says. @throws MachineError */
export const startsAtBoot = async (host: OperationHost, name: string): Promise<boolean> => {
  if (checkMachineName(name) !== undefined) return false;
  const { file } = await askUnit(host, machineUnit(name), AbortSignal.timeout(askLimitMs));
  return file === 'enabled';
};

/**
 * Has the machine started at every boot, or no longer.
 * @throws MachineError invalidName
 */
export const setEnabled = (host: OperationHost, name: string, enabled: boolean): Operation => {
  requireMachineName(name);
  const unit = machineUnit(name);
  const expected = enabled ? 'enabled' : 'disabled';
  return {
    name,
    // machinectl disables nothing whose image is gone, and that is when a link must not stay.
    command: enabled ? enable(name) : disableUnit(unit),
    withoutBus: enabled ? enableUnit(unit) : disableUnit(unit),
    polkitActions: ['org.freedesktop.systemd1.manage-unit-files', 'org.freedesktop.systemd1.reload-daemon'],
    // What is left of an image that is gone can still be disabled, so that does not fail because of it.
    explain: async (signal) =>
      !enabled || (await imageExists(host, name, signal)) ? undefined : { kind: 'noSuchImage', name },
    settle: async (signal) => {
      const { file: found } = await askUnit(host, unit, signal);
      if (found !== expected) throw new MachineError({ kind: 'noEffect', name, expected, found });
    },
  };
};
