import { basename } from 'node:path';
import type * as vscode from 'vscode';
import type { MachineFailure, NameProblem } from '../machines/errors.ts';
import { plainText, shownName } from './plainText.ts';

type L10n = Pick<typeof vscode.l10n, 't'>;

/** As much of what is said elsewhere as stands in a sentence. */
export const saidLimit = 300;

export const describeNameProblem = (problem: NameProblem, l10n: L10n): string => {
  switch (problem) {
    case 'empty':
      return l10n.t('A name is needed.');
    case 'tooLong':
      return l10n.t('The name is too long.');
    case 'badCharacter':
      return l10n.t('It holds a character that is not allowed there.');
    case 'leadingDash':
      return l10n.t('A name cannot begin with "-".');
    case 'badDots':
      return l10n.t('The dots in it are not where dots may be.');
    case 'leadsOut':
      return l10n.t('A group cannot lie outside of its hierarchy, so ".." cannot stand in its name.');
    case 'reserved':
      return l10n.t('systemd keeps this name for itself.');
    case 'kernelFile':
      return l10n.t('The kernel names its own files like that.');
    case 'meansAll':
      return l10n.t('lxc-snapshot would take it for all snapshots at once.');
  }
};

/** What is the matter with a file, by the code of the file system. */
export const describeFile = (path: string, code: string, l10n: L10n): string => {
  const shown = plainText(path, saidLimit);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return l10n.t('This user may not read {0}.', shown);
    case 'ENOENT':
      return l10n.t('{0} does not exist.', shown);
    case 'ESTALE':
      return l10n.t('{0} is another directory than before. Nothing was changed.', shown);
    case 'ENOTSUP':
      return l10n.t('{0} does not lie on this host. Choose a file of this host.', shown);
    default:
      return l10n.t('{0} cannot be used ({1}).', shown, code);
  }
};

/** What the kernel means by refusing a change of a control group; its own words are a number. */
export const describeRefusal = (code: string, path: string, l10n: L10n): string => {
  switch (code) {
    case 'EINVAL':
    case 'ERANGE':
      return l10n.t('The kernel does not take this value.');
    case 'EBUSY':
      if (basename(path).startsWith('memory.'))
        return l10n.t(
          'The kernel could not free enough memory: what runs in the group holds more than that. Take a higher limit, or end some of its processes first.',
        );
      return l10n.t(
        'The kernel says that it is in use: processes are in there, or in v2 a group has processes and children with controllers at once.',
      );
    case 'EACCES':
    case 'EPERM':
      return l10n.t('The kernel does not allow it here.');
    case 'EEXIST':
      return l10n.t('It is there already.');
    case 'ENOENT':
    case 'ENODEV':
      return l10n.t('It is not there: the group is gone, or it does not have this controller.');
    case 'ENOSPC':
      return l10n.t(
        'A setting that has to be made first is missing, such as cpuset.cpus and cpuset.mems in cgroup v1.',
      );
    case 'ESRCH':
      return l10n.t('There is no such process any more.');
    case 'EOPNOTSUPP':
      return l10n.t('The kernel does not support it in a group of this type.');
    case 'EROFS':
      return l10n.t('The hierarchy is mounted read-only here.');
    default:
      return l10n.t('The kernel refuses ({0}).', code);
  }
};

/** Why a container is not packed or an archive not unpacked. */
export const describeArchive = (
  { name, problem }: Extract<MachineFailure, { kind: 'archiveProblem' }>,
  l10n: L10n,
): string => {
  switch (problem) {
    case 'treeElsewhere':
      return l10n.t(
        'The files of {0} are not the plain directory "rootfs" beside its configuration, so it cannot be packed as an archive.',
        shownName(name, 80),
      );
    case 'ofUser':
      return l10n.t(
        '{0} belongs to a user, and its files to subordinate ids of that user: only containers of the system can be packed as an archive and brought back here.',
        shownName(name, 80),
      );
    case 'membersOutside':
      return l10n.t(
        '{0} was not unpacked: what is in there does not lie in one directory, as a container does.',
        plainText(name, 160),
      );
    case 'noContainer':
      return l10n.t(
        '{0} holds no container, which is a file "config" and a directory "rootfs", alone or in one directory.',
        plainText(name, 160),
      );
  }
};
