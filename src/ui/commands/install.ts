import * as vscode from 'vscode';
import { showDone, showInformation } from '../notifications.ts';
import { installedTools } from '../../machines/host/hostCommands.ts';
import { reachForTerminal } from '../privileges.ts';
import { callInTerminal, toolPath } from '../toolsFromSettings.ts';
import type { CommandServices, Handler } from './handler.ts';
import { type Installable, installerFor, packageTools } from './packageManager.ts';

const { l10n } = vscode;

interface Words {
  readonly title: string;
  readonly done: string;
  readonly unknown: string;
}

/** Runs the host's package manager in a terminal, where it asks before it does anything. */
const install = async (services: CommandServices, what: Installable, words: Words): Promise<void> => {
  const installer = installerFor(what, await installedTools(packageTools, toolPath));
  if (installer === undefined) {
    void showInformation(words.unknown);
    return;
  }
  const reach = await reachForTerminal(services, words.title, []);
  const request = { name: words.title, icon: 'cloud-download', ...callInTerminal(reach, installer) };
  const code = await services.terminals.run(request, new AbortController().signal);
  if (code !== 0) return;
  showDone(words.done);
  await services.inventory.refresh();
};

export const installSystemdContainer: Handler = (services) =>
  install(services, 'systemd-container', {
    title: l10n.t('Install systemd-container'),
    done: l10n.t('systemd-container is installed'),
    unknown: l10n.t(
      'No package systemd-container is known for this system. Install what brings machinectl and systemd-nspawn, then refresh.',
    ),
  });

export const installLxc: Handler = (services) =>
  install(services, 'lxc', {
    title: l10n.t('Install LXC'),
    done: l10n.t('LXC is installed'),
    unknown: l10n.t(
      'No package of LXC is known for this system. Install what brings lxc-start and lxc-create, then refresh.',
    ),
  });

export const installCgroupTools: Handler = (services) =>
  install(services, 'control group tools', {
    title: l10n.t('Install Control Group Tools'),
    done: l10n.t('The tools for control groups are installed'),
    unknown: l10n.t(
      'No package with tools for control groups is known for this system. Install what brings cgcreate and cgconfigparser.',
    ),
  });
