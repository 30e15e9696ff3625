import * as vscode from 'vscode';
import { askBeforeLoss } from '../../notifications.ts';
import type { ControlGroup } from '../../../machines/cgroups/controlGroup.ts';
import { readOwners, type Unit, unitInTheWay } from '../../../machines/cgroups/groupOwner.ts';
import { shownUnit as unitInWords } from '../../cgroups/cgroupRow.ts';
import { cancelled } from '../answers.ts';
import type { CommandServices } from '../handler.ts';
import { shownGroup } from './groupNames.ts';

const { l10n } = vscode;

/** The unit in a sentence, and whose systemd runs it. */
export const shownUnit = (unit: Unit): string => unitInWords(unit, l10n);

/**
 * Says that a group is systemd's before something is done to it behind its back, and what the other way is; goes on only where the
 * user wants that all the same. Says nothing of a group that systemd has given away, or that is nobody's.
 * @throws MachineError cancelled
 */
export const mindSystemd = async (services: CommandServices, group: ControlGroup, advice: string): Promise<void> => {
  const ownerOf = await readOwners();
  const unit = await unitInTheWay(services.run, ownerOf(group));
  if (unit === undefined) return;
  const goOn = l10n.t('Do It Anyway');
  const sentence = l10n.t('{0} belongs to {1}, which systemd looks after.', shownGroup(group), shownUnit(unit));
  const detail = l10n.t('It may undo the change at any time, or lose track of the processes.\n{0}', advice);
  const answer = await askBeforeLoss(sentence, detail, goOn);
  if (answer !== goOn) throw cancelled();
};
