import * as vscode from 'vscode';
import { showInformation, showWarning } from '../../notifications.ts';
import { cancelled } from '../answers.ts';
import type { CommandServices, Handler } from '../handler.ts';
import { askForV2, showV2 } from './showV2.ts';

const { l10n } = vscode;

/** The result that the caller names, else the one that is looked at. */
const shownUri = (given: unknown): unknown => {
  if (given instanceof vscode.Uri) return given;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
};

const closeComparison = async (uri: unknown): Promise<void> => {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const ours = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === String(uri),
  );
  await vscode.window.tabGroups.close(ours);
};

/** What was looked at is what is taken over: a file that has changed since is shown anew. */
const showAnew = async (services: CommandServices, document: vscode.TextDocument): Promise<void> => {
  await showV2(services, document, await askForV2(services, document));
  void showWarning(l10n.t('The file has changed since it was converted, so nothing was applied: look at it again.'));
};

/** Takes over the result that is shown: one change of the open file, which one undo takes back. It is not saved. */
export const applyMigration: Handler = async (services, [given]) => {
  const uri = shownUri(given);
  const shown = services.migrations.get(uri);
  if (shown?.result.kind !== 'v2') {
    void showInformation(l10n.t('Convert a file first.'));
    throw cancelled();
  }
  const document = await vscode.workspace.openTextDocument(shown.source);
  if (document.getText() !== shown.from) return showAnew(services, document);
  const edit = new vscode.WorkspaceEdit();
  const end = document.lineAt(document.lineCount - 1).range.end;
  edit.replace(shown.source, new vscode.Range(new vscode.Position(0, 0), end), shown.result.text);
  if (!(await vscode.workspace.applyEdit(edit))) throw cancelled();
  await closeComparison(uri);
  await vscode.window.showTextDocument(document);
};
