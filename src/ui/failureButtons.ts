import type * as vscode from 'vscode';

/** A way on that is offered beside a failure. */
export type FailureButton =
  | 'retryWithPrivileges'
  | 'showJournal'
  | 'showOutput'
  | 'openSettings'
  | 'openNspawnFile'
  | 'terminate'
  | 'kill'
  | 'install'
  | 'installLxc'
  | 'installCgroupTools'
  | 'showMachinedJournal'
  | 'refresh'
  | 'openShell'
  | 'unfreeze';

export const buttonTitle = (button: FailureButton, l10n: Pick<typeof vscode.l10n, 't'>): string => {
  switch (button) {
    case 'retryWithPrivileges':
      return l10n.t('Retry with Privileges…');
    case 'showJournal':
      return l10n.t('Show Log');
    case 'showOutput':
      return l10n.t('Show Output');
    case 'openSettings':
      return l10n.t('Open Settings');
    case 'openNspawnFile':
      return l10n.t('Open .nspawn File');
    case 'terminate':
      return l10n.t('Terminate…');
    case 'kill':
      return l10n.t('Kill…');
    case 'install':
      return l10n.t('Install systemd-container');
    case 'installLxc':
      return l10n.t('Install LXC');
    case 'installCgroupTools':
      return l10n.t('Install Control Group Tools');
    case 'showMachinedJournal':
      return l10n.t("Show machined's Log");
    case 'refresh':
      return l10n.t('Refresh');
    case 'openShell':
      return l10n.t('Open Shell');
    case 'unfreeze':
      return l10n.t('Unfreeze');
  }
};
