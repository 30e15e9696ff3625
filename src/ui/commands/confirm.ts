import * as vscode from 'vscode';
import { cancelled } from './cancelled.ts';

/** Asks once before something that destroys. @throws MachineError cancelled */
export const confirm = async (question: string, detail: string, button: string): Promise<void> => {
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, button);
  if (answer !== button) throw cancelled();
};
