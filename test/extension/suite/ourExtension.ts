import * as vscode from 'vscode';

/** The extension under test. */
export const ourExtension = (): vscode.Extension<unknown> => {
  const extension = vscode.extensions.getExtension('nspawn-tools.vscode-nspawn');
  if (extension === undefined) throw new Error('VS Code does not know our extension.');
  return extension;
};

/** The ids of `contributes.commands`. */
export const contributedCommands = (): readonly string[] => {
  const manifest = ourExtension().packageJSON as {
    readonly contributes: { readonly commands: readonly { readonly command: string }[] };
  };
  return manifest.contributes.commands.map(({ command }) => command);
};
