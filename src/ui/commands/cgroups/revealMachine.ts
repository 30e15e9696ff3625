import * as vscode from 'vscode';
import { groupOfMachine } from '../../../machines/cgroups/observe/groupOfMachine.ts';
import { MachineError } from '../../../machines/errors.ts';
import type { Handler } from '../handler.ts';
import { pickNames } from '../pickNames.ts';
import { requireHierarchies } from './pickGroup.ts';

/** From a machine to what its processes use. */
export const revealMachine: Handler = async (services, args) => {
  const hierarchies = requireHierarchies();
  const [name = ''] = await pickNames(services, args, { fits: 'runningMachine' }, vscode.l10n.t('Show Control Group'));
  const machine = services.inventory.machines.get(name);
  const group = machine === undefined ? undefined : groupOfMachine(machine, hierarchies);
  if (group === undefined) throw new MachineError({ kind: 'noSuchMachine', name });
  services.view.make({ kind: 'revealGroup', group });
};
