import * as vscode from 'vscode';
import { offered, operationOn } from '../../machines/backend.ts';
import { groupOfMachine } from '../../machines/cgroups/observe/groupOfMachine.ts';
import { MachineError } from '../../machines/errors.ts';
import { showDone } from '../notifications.ts';
import { plainText } from '../plainText.ts';
import { shownApart } from '../tree/kinds.ts';
import { changes } from './cgroups/changeGroups.ts';
import { chooseGroupParameter } from './cgroups/groupParameters.ts';
import { requireHierarchies } from './cgroups/pickGroup.ts';
import type { Handler } from './handler.ts';
import { operate } from './operate.ts';
import { pickName } from './pickNames.ts';

const { l10n } = vscode;

/** What does something once, counts anew or has a command of its own, such as freezing; the others are kept by the kernel until the end. */
export const isSetting = (parameter: string): boolean =>
  parameter.startsWith('cgroup.max.') ||
  (/^(?!cgroup|freezer|perf_event|cpuacct)\w+\./u.test(parameter) &&
    !/\.(?:reclaim|pressure|pressure_level|force_empty|failcnt|peak|max_usage_in_bytes|reset_stats)$/u.test(parameter));

/** Those that have a line for each device, of which a configuration would keep one alone. */
const isOfDevices = (parameter: string): boolean => /^(?:io|blkio|rdma|misc|dmem|devices)\./u.test(parameter);

/** Through the tool of its kind, and in its configuration, if a person wants that. */
export const setParameter: Handler = async (services, args) => {
  const wanted = { fits: 'runningMachine', ability: 'parameter' } as const;
  const name = await pickName(services, args, wanted, l10n.t('Set Parameter of Control Group'));
  const machine = services.inventory.machines.get(name);
  const group = machine === undefined ? undefined : groupOfMachine(machine, requireHierarchies());
  if (group === undefined) throw new MachineError({ kind: 'noSuchMachine', name });
  offered(services.backends, name, ({ operations }) => operations.setParameter);
  const shown = shownApart(services, name, 80);
  const keep = l10n.t('Keep It for Later Starts');
  await chooseGroupParameter(services, group, {
    isOffered: isSetting,
    plan: (parameter, value) =>
      changes(() => operationOn(services, name, (operations) => operations.setParameter, parameter, value)),
    more: (parameter) => (isOfDevices(parameter) ? undefined : keep),
    doMore: async (parameter, value) => {
      const done = await operate(services, {
        title: l10n.t('Writing {0} into the configuration of {1}', plainText(parameter, 60), shown),
        what: l10n.t('configuring…'),
        names: [name],
        operation: (one) =>
          operationOn(
            services,
            one,
            (operations) => operations.keepParameter,
            group.hierarchy.version,
            parameter,
            value,
          ),
      });
      if (done.length > 0) showDone(l10n.t('{0} of {1} stands in its configuration', plainText(parameter, 60), shown));
    },
  });
};
