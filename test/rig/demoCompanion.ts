import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const manifest = {
  name: 'demo',
  displayName: 'Demo',
  publisher: 'rig',
  version: '0.0.1',
  engines: { vscode: '^1.100.0' },
  main: './main.js',
  activationEvents: ['onStartupFinished'],
};

/** What the notification says. */
export const demoHint =
  'web and busybox run on this disposable host. Point at web and press Open Shell, start database, or open web.nspawn.';

const program = `
const vscode = require('vscode');
exports.activate = async () => {
  await vscode.commands.executeCommand('workbench.view.extension.nspawn');
  const chosen = await vscode.window.showInformationMessage(${JSON.stringify(demoHint)}, 'More to Try');
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (chosen === undefined || folder === undefined) return;
  const readme = vscode.Uri.joinPath(folder.uri, 'README.md');
  await vscode.commands.executeCommand('markdown.showPreview', readme);
};
`;

/** Writes an extension for `npm start` alone: it puts our view in front and says what to try. */
export const demoCompanion = async (directory: string): Promise<void> => {
  await writeFile(join(directory, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(directory, 'main.js'), program);
};
