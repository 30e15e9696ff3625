import { MachineError } from '../../errors.ts';
import { requireMachineName } from '../../names.ts';
import type { Operation, OperationHost } from '../../operation.ts';
import { disable, enable } from '../commands/lifecycleCommands.ts';
import { disableUnit, enableUnit, machineUnit } from '../commands/unitCommands.ts';
import { imageExists } from './imageLife.ts';
import { askUnit } from './machineLife.ts';

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
    command: enabled ? enable(name) : disable(name),
    withoutBus: enabled ? enableUnit(unit) : disableUnit(unit),
    polkitActions: ['org.freedesktop.systemd1.manage-unit-files', 'org.freedesktop.systemd1.reload-daemon'],
    explain: async (signal) => ((await imageExists(host, name, signal)) ? undefined : { kind: 'noSuchImage', name }),
    settle: async (signal) => {
      const { file: found } = await askUnit(host, unit, signal);
      if (found !== expected) throw new MachineError({ kind: 'noEffect', name, expected, found });
    },
  };
};
