import type * as vscode from 'vscode';
import type { Doubt, GuardWords } from '../machines/entry.ts';
import type { MachineFailure } from '../machines/errors.ts';
import { plainText, shownName } from './plainText.ts';

type L10n = Pick<typeof vscode.l10n, 't'>;

/** Why nobody can tell what the machine may do. */
export const describeDoubt = (doubt: Doubt, l10n: L10n): string => {
  switch (doubt.kind) {
    case 'unreadOption':
      return l10n.t('Its command line has an option with a shortened name, or one that is not known here.');
    case 'selinuxLabel':
      return l10n.t('It runs with an SELinux label of its own.');
    case 'ociBundle':
      return l10n.t('Its settings come from an OCI bundle.');
    case 'otherParent':
      return l10n.t('As far as can be seen, systemd-nspawn has not started it.');
    case 'unitFilters':
      return l10n.t('The unit that runs it has system call filters of its own.');
    case 'fileChanged':
      return l10n.t(
        '{0} has changed since the machine was started. Start the machine anew to be certain.',
        plainText(doubt.path, 200),
      );
    case 'fileSilent':
      return l10n.t('{0} cannot be read, because its file system does not answer.', plainText(doubt.path, 200));
    case 'filesCameOrWent':
      return l10n.t(
        'Files in {0} were added or removed after the machine was started. Start the machine anew to be certain.',
        plainText(doubt.path, 200),
      );
    case 'auditLog':
      return l10n.t("Its init may not trace, so the shell keeps access to the host's audit log.");
    case 'appArmorProfile':
      return l10n.t(
        'The AppArmor profile {0} holds the machine, but does not hold the shell.',
        plainText(doubt.profile, 100),
      );
  }
};

/** Why a machine cannot be entered, and what to do instead. */
export const describeEntry = (
  { name, reason }: Extract<MachineFailure, { kind: 'cannotEnter' }>,
  l10n: L10n,
): string => {
  const shown = shownName(name, 80);
  switch (reason) {
    case 'starting':
      return l10n.t('{0} is still starting, so nobody can enter it yet. Try again in a moment.', shown);
    case 'frozen':
      return l10n.t('{0} is frozen, and whatever entered it would be, too. Unfreeze it first.', shown);
    case 'fewCapabilities':
      return l10n.t(
        '{0} cannot be entered, because its init has too few capabilities for anything to enter beside it. Log in on its console instead.',
        shown,
      );
    case 'usersSilent':
      return l10n.t(
        '{0} cannot be entered, because its list of users, /etc/passwd, does not answer: a file system in it may hang.',
        shown,
      );
  }
};

/** What the terminal of a shell says where the machine is not entered after all. What stands for a path is filled in there. */
export const guardWords = (l10n: L10n): GuardWords => ({
  machineEnded: l10n.t('The machine has ended or has been started anew. Open the shell again.'),
  otherUserNamespace: l10n.t('The user namespace of the machine is not the one that was expected. Nobody has entered.'),
  unseenFile: l10n.t('This user cannot see whether there is a file {0}. Open the shell as root.', '%s'),
  unreadFilter: l10n.t(
    'The settings of the machine in {0} forbid system calls, and only root can read which. Open the shell as root.',
    '%s',
  ),
  unreachableGroup: l10n.t('The control group {0} of the machine cannot be reached from here.', '%s'),
  closedGroup: l10n.t('The shell cannot be put into the control group {0} of the machine.', '%s'),
});
