import * as vscode from 'vscode';

/** A link that opens the page of a rule, which lies in the extension's own folder. */
export const rulePage = (rule: string): vscode.Uri =>
  vscode.Uri.from({ scheme: 'command', path: 'nspawn.explainRule', query: JSON.stringify([rule]) });
