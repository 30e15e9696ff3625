import * as vscode from 'vscode';
import { pickOne } from '../../questions.ts';
import { everyProcess, type FoundProcess } from '../../../machines/cgroups/observe/findProcesses.ts';
import { plainText } from '../../plainText.ts';
import { visibleName } from '../../tree/visibleName.ts';
import { answered } from '../answers.ts';
import type { Handler } from '../handler.ts';
import { requireHierarchies } from './pickGroup.ts';

interface ProcessItem extends vscode.QuickPickItem {
  readonly process: FoundProcess;
}

const itemOf = (process: FoundProcess): ProcessItem => ({
  label: `${process.pid} ${visibleName(process.name, 64)}`,
  description: plainText(process.commandLine, 200),
  detail: visibleName(process.group.path, 160),
  process,
});

/** Any word of the number, the name, the command line or the group finds it; the tree then shows it. */
export const findProcess: Handler = async ({ view }) => {
  const hierarchies = requireHierarchies();
  const items = everyProcess(hierarchies).then((found) => found.map(itemOf));
  const picked = await pickOne(items, {
    title: vscode.l10n.t('Find Process'),
    placeHolder: vscode.l10n.t('Number, name, command line or control group'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  const { group, pid } = answered(picked).process;
  view.make({ kind: 'revealGroup', group, pid });
};
