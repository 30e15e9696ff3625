import * as vscode from 'vscode';
import { MachineError } from '../machines/errors.ts';
import { installedTools } from '../machines/host/hostCommands.ts';
import { availableWays, privilegeTools, type PrivilegeWay } from './privilegeWays.ts';
import { pickOneOrItsButton } from './questions.ts';
import { writeSetting } from './settings.ts';
import { toolPath } from './toolsFromSettings.ts';

const describeWay = (way: PrivilegeWay): Required<Pick<vscode.QuickPickItem, 'label' | 'detail'>> => {
  switch (way) {
    case 'terminal':
      return {
        label: vscode.l10n.t('Run in the Terminal'),
        detail: vscode.l10n.t('machinectl asks for the password itself'),
      };
    case 'sudo':
      return {
        label: vscode.l10n.t('Use sudo'),
        detail: vscode.l10n.t('In the terminal, where sudo asks for your password'),
      };
    case 'run0':
      return {
        label: vscode.l10n.t('Use run0'),
        detail: vscode.l10n.t('In the terminal, where systemd asks for the password'),
      };
    case 'pkexec':
      return {
        label: vscode.l10n.t('Use pkexec'),
        detail: vscode.l10n.t('In the terminal, where polkit asks for the password'),
      };
  }
};

const rememberButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('pin'),
  tooltip: vscode.l10n.t('Use this from now on'),
};

/**
 * Asks how to gain the privileges that are missing, naming only what this host has. The pin on a row makes the choice the
 * setting `nspawn.privilege`.
 * @throws MachineError cancelled, or notAuthorized where the host has no way at all
 */
export const pickPrivilegeWay = async (what: string, polkitActions: readonly string[]): Promise<PrivilegeWay> => {
  const ways = availableWays(await installedTools(privilegeTools, toolPath), polkitActions);
  if (ways.length === 0)
    throw new MachineError({ kind: 'notAuthorized', polkitAction: polkitActions[0] ?? vscode.l10n.t('root only') });
  const items = ways.map((way) => ({
    way,
    ...describeWay(way),
    iconPath: new vscode.ThemeIcon(way === 'terminal' ? 'terminal' : 'shield'),
  }));
  const picked = await pickOneOrItsButton(items, rememberButton, {
    title: vscode.l10n.t('{0}: more privileges are needed', what),
    placeHolder: vscode.l10n.t('How is it to be run? The pin makes a choice permanent.'),
  });
  if (picked === undefined) throw new MachineError({ kind: 'cancelled' });
  const { way } = picked.item;
  if (picked.byButton) await writeSetting('privilege', way);
  return way;
};
