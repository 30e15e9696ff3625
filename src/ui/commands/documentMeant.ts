import * as vscode from 'vscode';
import { showInformation } from '../notifications.ts';
import { cancelled } from './answers.ts';

const uriOf = (given: unknown): vscode.Uri | undefined =>
  typeof given === 'string' ? vscode.Uri.parse(given) : given instanceof vscode.Uri ? given : undefined;

/**
 * The file that the caller names, else that of the editor.
 * @param otherwise what is said where that is no such file
 * @throws MachineError cancelled
 */
export const documentMeant = async (
  given: unknown,
  isMeant: (document: vscode.TextDocument) => boolean,
  otherwise: string,
): Promise<vscode.TextDocument> => {
  const uri = uriOf(given);
  const document =
    uri === undefined ? vscode.window.activeTextEditor?.document : await vscode.workspace.openTextDocument(uri);
  if (document !== undefined && isMeant(document)) return document;
  void showInformation(otherwise);
  throw cancelled();
};
