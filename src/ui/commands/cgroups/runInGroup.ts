import { homedir, userInfo } from 'node:os';
import * as vscode from 'vscode';
import { askLine } from '../../questions.ts';
import { showDone, showError, showWarning } from '../../notifications.ts';
import type { ControlGroup } from '../../../machines/cgroups/controlGroup.ts';
import { readOwners } from '../../../machines/cgroups/groupOwner.ts';
import { kernelReason, type KernelReason, limitCounts } from '../../../machines/cgroups/operate/kernelReason.ts';
import { mayTakeSteps } from '../../../machines/cgroups/operate/takeSteps.ts';
import {
  runInGroup,
  type RunUser,
  runWay,
  type RunWay,
  sameGroups,
} from '../../../machines/cgroups/operate/runInGroup.ts';
import type { Reach } from '../../../machines/host/reach.ts';
import { plainText } from '../../plainText.ts';
import { reachForTerminal } from '../../privileges.ts';
import { workspaceFolder } from '../../terminal.ts';
import { answered } from '../answers.ts';
import type { CommandId } from '../commandIds.ts';
import { consoleRequest } from '../consoleRequest.ts';
import type { CommandServices, Handler } from '../handler.ts';
import { mindSystemd } from './aboutSystemd.ts';
import { shownGroup, shownGroups } from './groupNames.ts';
import { requireHierarchies, pickGroups } from './pickGroup.ts';

const { l10n } = vscode;

const askCommand = async (groups: readonly ControlGroup[]): Promise<string> =>
  answered(
    await askLine({
      title: l10n.t('Run a command in {0}', shownGroups(groups)),
      prompt: l10n.t('A line for the shell, in the folder that terminals open in'),
      placeHolder: './test.sh',
      ignoreFocusOut: true,
      validateInput: (line) => (line.trim() === '' ? l10n.t('A command is needed.') : undefined),
    }),
  );

/** As whom the group is joined: root where this user may not. */
const reachOf = async (services: CommandServices, way: RunWay, group: ControlGroup, title: string): Promise<Reach> => {
  if (way.kind === 'scope')
    return reachForTerminal(
      services,
      title,
      way.unit.uid === undefined ? ['org.freedesktop.systemd1.manage-units'] : [],
    );
  const joins = await mayTakeSteps([{ kind: 'write', group, file: 'cgroup.procs', text: '' }]);
  return joins ? 'direct' : reachForTerminal(services, title, []);
};

const currentUser = (): RunUser => {
  const { uid, gid, username } = userInfo();
  return { uid, gid, home: homedir(), name: username };
};

/** Why the kernel stood in the way, as sentences; empty where it did not. */
const describeReason = (reason: KernelReason): readonly string[] => {
  const limit = reason.memoryLimit === undefined ? '?' : plainText(reason.memoryLimit, 40);
  return [
    ...(reason.oomKills > 0
      ? [
          l10n.t(
            'The kernel killed {0} of its processes: the group is out of memory, its limit is {1} bytes.',
            reason.oomKills,
            limit,
          ),
        ]
      : reason.memoryRefused > 0
        ? [l10n.t('It reached the memory limit of {0} bytes {1} times.', limit, reason.memoryRefused)]
        : []),
    ...(reason.forksRefused > 0
      ? [l10n.t('The kernel refused {0} new processes: the group has reached pids.max.', reason.forksRefused)]
      : []),
    ...(reason.logLine === undefined ? [] : [l10n.t('Kernel: {0}', plainText(reason.logLine, 240))]),
  ];
};

/** With a button, VS Code shows all of a message at once. */
const showKill = (sentence: string): void => {
  const show = l10n.t('Show Output');
  const open = async (): Promise<void> => {
    if ((await showError(sentence, show)) === show)
      await vscode.commands.executeCommand('nspawn.showLog' satisfies CommandId);
  };
  void open();
};

const sayEnd = (services: CommandServices, what: string, exitCode: number, reason: KernelReason): void => {
  const why = describeReason(reason);
  const end =
    exitCode > 128
      ? l10n.t('{0} was ended by signal {1}.', what, exitCode - 128)
      : l10n.t('{0} ended with exit code {1}.', what, exitCode);
  const sentence = [end, ...why].join(' ');
  services.log.info(sentence);
  if (reason.oomKills > 0 || reason.forksRefused > 0) showKill(sentence);
  else if (exitCode !== 0) void showWarning(sentence);
  else showDone(sentence);
};

/** Runs a command in a group, in a terminal, and says what the kernel did to it. */
export const runInGroups: Handler = async (services, args) => {
  const [group] = await pickGroups(services, args, l10n.t('Run Command in Group'));
  if (group === undefined) return;
  const hierarchies = requireHierarchies();
  const ownerOf = await readOwners();
  const owner = ownerOf(group);
  const advice = l10n.t('A slice is a better place: there systemd runs the command as a scope of its own.');
  if (owner.kind !== 'unit' || !owner.slice) await mindSystemd(services, group, advice);
  const groups = await sameGroups(group, hierarchies);
  const line = await askCommand(groups);
  const what = plainText(line, 40);
  const title = l10n.t('{0} in {1}', what, shownGroups(groups));
  const way = await runWay(group, hierarchies, ownerOf);
  const reach = await reachOf(services, way, group, title);
  const user = reach === 'direct' ? undefined : currentUser();
  const before = await limitCounts(groups);
  const groupGone = l10n.t('The control group {0} that was meant is gone. Nothing has been run.', '%s');
  const command = runInGroup(way, { title: shownGroup(group), groupGone }, line, user);
  const request = consoleRequest(command, reach, { icon: 'play', note: what, stays: true });
  services.view.make({ kind: 'groupsTouched' });
  const exitCode = await services.terminals.run(
    { ...request, directory: workspaceFolder },
    new AbortController().signal,
  );
  services.view.make({ kind: 'groupsTouched' });
  sayEnd(services, what, exitCode, await kernelReason(services.run, groups, before));
};
