import * as vscode from 'vscode';
import { type Settings, settingsFrom } from './settingDefaults.ts';

const section = 'nspawn';

export const readSettings = (): Settings => {
  const configuration = vscode.workspace.getConfiguration(section);
  return settingsFrom((key) => configuration.get<unknown>(key));
};

/** Writes where the value is already set, so that what the user sees is what changes; else for the user. */
export const writeSetting = async <Key extends keyof Settings>(key: Key, value: Settings[Key]): Promise<void> => {
  const configuration = vscode.workspace.getConfiguration(section);
  const found = configuration.inspect<unknown>(key);
  const target =
    found?.workspaceFolderValue !== undefined
      ? vscode.ConfigurationTarget.WorkspaceFolder
      : found?.workspaceValue !== undefined
        ? vscode.ConfigurationTarget.Workspace
        : vscode.ConfigurationTarget.Global;
  await configuration.update(key, value, target);
};

/** Tells which of the settings have been touched. */
export const onDidChangeSettings = (listener: (touches: (key: keyof Settings) => boolean) => void): vscode.Disposable =>
  vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(section)) listener((key) => event.affectsConfiguration(`${section}.${key}`));
  });
