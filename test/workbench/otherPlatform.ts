import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Title of the companion's command after which the extension host takes its platform for macOS. */
export const otherPlatformCommand = 'Rig: Other Platform';

/** What the status bar says when it does: the palette closes before a command has run. */
export const otherPlatformSign = 'Rig: this is macOS';

/** And after which our view takes its window for one that works on no remote host. */
export const notRemoteCommand = 'Rig: Not Remote';

const manifest = {
  name: 'other-platform',
  publisher: 'rig',
  version: '0.0.1',
  engines: { vscode: '^1.100.0' },
  main: './main.js',
  contributes: {
    commands: [
      { command: 'rig.otherPlatform', title: 'Other Platform', category: 'Rig' },
      { command: 'rig.notRemote', title: 'Not Remote', category: 'Rig' },
    ],
  },
};

const program = `
const vscode = require('vscode');
exports.activate = ({ subscriptions }) => {
  const otherPlatform = () => {
    Object.defineProperty(process, 'platform', { value: 'darwin' });
    return vscode.window.setStatusBarMessage('${otherPlatformSign}');
  };
  const notRemote = () => vscode.commands.executeCommand('setContext', 'nspawn.remote', false);
  subscriptions.push(
    vscode.commands.registerCommand('rig.otherPlatform', otherPlatform),
    vscode.commands.registerCommand('rig.notRemote', notRemote),
  );
};
`;

/**
 * Writes an extension that can tell its extension host, which is also ours, that it runs on macOS. A VS Code of the tests
 * runs on Linux and is remote, so this is how far another platform can be had: our code that asks for the platform, and
 * everything from there to the view, is the real one.
 */
export const otherPlatform = async (directory: string): Promise<void> => {
  await writeFile(join(directory, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(directory, 'main.js'), program);
};
