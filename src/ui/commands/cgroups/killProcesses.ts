import * as vscode from 'vscode';
import { pickOne } from '../../questions.ts';
import { showDone, showInformation } from '../../notifications.ts';
import { readOwners } from '../../../machines/cgroups/groupOwner.ts';
import { everyProcess } from '../../../machines/cgroups/observe/findProcesses.ts';
import { contentsOf } from '../../../machines/cgroups/operate/groupFiles.ts';
import { killGroup } from '../../../machines/cgroups/operate/killGroup.ts';
import { killProcess } from '../../../machines/cgroups/operate/killProcess.ts';
import { lookAtGroup, type SeenProcess } from '../../../machines/cgroups/operate/seen.ts';
import { killSignals, type KillSignal } from '../../../machines/killSignals.ts';
import { plainText } from '../../plainText.ts';
import { visibleName } from '../../tree/visibleName.ts';
import { answered, confirm } from '../answers.ts';
import type { Handler } from '../handler.ts';
import { changeGroups, changes } from './changeGroups.ts';
import { holdsOurselves, processList, shownGroups } from './groupNames.ts';
import { processesOf } from './groupTargets.ts';
import { requireHierarchies, pickGroups } from './pickGroup.ts';

const { l10n } = vscode;

/** Ends every process of the groups and below at once. */
export const killAll: Handler = async (services, args) => {
  const picked = await pickGroups(services, args, l10n.t('Kill All Processes'), ({ path }) => path !== '/');
  const groups = await Promise.all(picked.filter(({ path }) => path !== '/').map(lookAtGroup));
  if (groups.length === 0) return;
  const pids = (await Promise.all(groups.map(contentsOf))).flatMap((contents) => contents.pids);
  if (pids.length === 0) {
    void showInformation(l10n.t('No process runs in {0}.', shownGroups(groups)));
    return;
  }
  const own = holdsOurselves(pids) ? `\n${l10n.t('This VS Code is one of them.')}` : '';
  const lost = l10n.t(
    'All of them are ended at once, and what they have not saved is lost:\n{0}',
    await processList(pids),
  );
  await confirm(l10n.t('Kill everything that runs in {0}?', shownGroups(groups)), `${lost}${own}`, l10n.t('Kill'));
  const title = l10n.t('Killing what runs in {0}', shownGroups(groups));
  const ownerOf = await readOwners();
  const plans = groups.map((group) => () => killGroup(group, ownerOf));
  if (await changeGroups(services, title, changes(...plans)))
    showDone(l10n.t('{0}: no process is left', shownGroups(groups)));
};

interface ProcessItem extends vscode.QuickPickItem {
  readonly seen: SeenProcess;
}

/** The processes whose rows were clicked, else one that is picked of all. @throws MachineError cancelled */
export const pickProcesses = async (args: readonly unknown[], title: string): Promise<readonly SeenProcess[]> => {
  const hierarchies = requireHierarchies();
  const clicked = processesOf(args, hierarchies);
  if (clicked.length > 0) return clicked;
  const items = everyProcess(hierarchies).then((found) =>
    found.map((process): ProcessItem => ({
      seen: { pid: process.pid, startTime: process.startTime },
      label: `${process.pid} ${visibleName(process.name, 64)}`,
      description: plainText(process.commandLine, 200),
      detail: visibleName(process.group.path, 160),
    })),
  );
  const picked = await pickOne(items, { title, matchOnDescription: true, matchOnDetail: true });
  return [answered(picked).seen];
};

const pickSignal = async (title: string): Promise<KillSignal> => {
  const about: Readonly<Partial<Record<KillSignal, string>>> = {
    SIGTERM: l10n.t('asks it to end'),
    SIGKILL: l10n.t('ends it at once'),
    SIGSTOP: l10n.t('stops it until SIGCONT'),
    SIGCONT: l10n.t('lets it go on'),
  };
  const items = killSignals.map((signal) => ({ signal, label: signal, description: about[signal] ?? '' }));
  return answered(await pickOne(items, { title, placeHolder: l10n.t('Signal') })).signal;
};

/** Sends a signal to processes. */
export const killProcesses: Handler = async (services, args) => {
  const processes = await pickProcesses(args, l10n.t('Send Signal to Process'));
  const pids = processes.map(({ pid }) => pid);
  const subject = pids.length === 1 ? l10n.t('process {0}', pids[0] ?? '') : l10n.t('{0} processes', pids.length);
  const signal = await pickSignal(l10n.t('Send a signal to {0}', subject));
  const own = holdsOurselves(pids) ? `\n${l10n.t('This VS Code is one of them.')}` : '';
  if (signal !== 'SIGCONT')
    await confirm(
      l10n.t('Send {0} to {1}?', signal, subject),
      `${l10n.t('What they have not saved may be lost:\n{0}', await processList(pids))}${own}`,
      l10n.t('Send {0}', signal),
    );
  const title = l10n.t('Sending {0} to {1}', signal, subject);
  const plans = processes.map((seen) => () => killProcess(seen, signal));
  if (await changeGroups(services, title, changes(...plans))) showDone(l10n.t('{0} sent to {1}', signal, subject));
};
