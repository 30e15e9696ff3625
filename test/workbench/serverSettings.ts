/** User settings that keep a fresh VS Code quiet (no network, no welcome, no chat) and its text readable in the page. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'npm.fetchOnlinePackageInfo': false,
  'git.autofetch': false,
  'git.openRepositoryInParentFolders': 'never',
  'terminal.integrated.enablePersistentSessions': false,
  'window.confirmBeforeClose': 'never',
  'files.hotExit': 'off',
};

/** On top of them for tests: terminal text as DOM rows, F1 not caught by a modal editor, nothing that moves or asks for trust. */
export const testSettings: Readonly<Record<string, unknown>> = {
  'security.workspace.trust.enabled': false,
  'terminal.integrated.gpuAcceleration': 'off',
  'workbench.editor.useModal': 'off',
  'files.autoSave': 'off',
  'editor.accessibilitySupport': 'off',
  'workbench.list.smoothScrolling': false,
  'workbench.reduceMotion': 'on',
};
