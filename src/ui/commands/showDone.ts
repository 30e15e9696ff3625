import * as vscode from 'vscode';
import { withoutIcons } from '../inertText.ts';

const shownForMs = 5_000;

/** Says in the status bar that something has happened which no row shows. */
export const showDone = (text: string): void => {
  vscode.window.setStatusBarMessage(`$(check) ${withoutIcons(text)}`, shownForMs);
};
