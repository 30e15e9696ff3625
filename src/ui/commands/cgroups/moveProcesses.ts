import * as vscode from 'vscode';
import { showDone } from '../../notifications.ts';
import type { ControlGroup } from '../../../machines/cgroups/controlGroup.ts';
import { readOwners } from '../../../machines/cgroups/groupOwner.ts';
import { lookAtGroup } from '../../../machines/cgroups/operate/seen.ts';
import { moveProcess } from '../../../machines/cgroups/operate/moveProcess.ts';
import type { Handler } from '../handler.ts';
import { mindSystemd } from './aboutSystemd.ts';
import { changeGroups, changes } from './changeGroups.ts';
import { shownGroup } from './groupNames.ts';
import { processesOf } from './groupTargets.ts';
import { pickProcesses } from './killProcesses.ts';
import { requireHierarchies, pickGroups } from './pickGroup.ts';

const { l10n } = vscode;

/** Moves processes into another group: in v1 of any hierarchy, since a process is in a group of each. */
export const move: Handler = async (services, args) => {
  const clicked = processesOf(args, requireHierarchies());
  const processes = await pickProcesses(args, l10n.t('Move Process to Group'));
  const pids = processes.map(({ pid }) => pid);
  const subject = pids.length === 1 ? l10n.t('process {0}', pids[0] ?? '') : l10n.t('{0} processes', pids.length);
  const ownerOf = await readOwners();
  // Groups that somebody has made by hand: those of systemd are many, and it puts the processes there itself.
  const isByHand = (group: ControlGroup): boolean => group.path !== '/' && ownerOf(group).kind === 'nobody';
  const [target] = await pickGroups(undefined, [], l10n.t('Move {0} to', subject), undefined, isByHand);
  if (target === undefined) return;
  const seenTarget = await lookAtGroup(target);
  const advice = l10n.t('systemd-run --scope --slice=NAME.slice starts a command in a slice.');
  await mindSystemd(services, target, advice);
  // Whoever takes a process out of a unit takes it out of what `systemctl stop` ends.
  const isLeft = ({ group }: (typeof clicked)[number]): boolean =>
    group.hierarchy.mountPoint === target.hierarchy.mountPoint;
  for (const { group } of clicked.filter(isLeft).slice(0, 1))
    await mindSystemd(services, group, l10n.t('Stopping the unit would no longer end the process.'));
  const title = l10n.t('Moving {0} to {1}', subject, shownGroup(target));
  const plans = processes.map((seen) => () => moveProcess(seen, seenTarget));
  if (!(await changeGroups(services, title, changes(...plans)))) return;
  showDone(l10n.t('{0} moved to {1}', subject, shownGroup(target)));
  const [first] = pids;
  services.view.make({
    kind: 'revealGroup',
    group: target,
    ...(first === undefined || pids.length > 1 ? {} : { pid: first }),
  });
};
