import * as l10n from '@vscode/l10n';

/**
 * What a word of a `.nspawn` file means, keyed `Section.Name.word`: the words of enumerations, and the special words of
 * PrivateUsers=. Made when they are asked for: whoever judges a file shows none of them.
 */
export const enumTexts = (): Readonly<Record<string, string>> => ({
  'Exec.LinkJournal.auto': l10n.t(
    'Shares the directory from the host if it is there already, otherwise nothing is shared.',
  ),
  'Exec.LinkJournal.guest': l10n.t(
    'The journal stays in the machine and the host links to it; fails if the host keeps none on disk.',
  ),
  'Exec.LinkJournal.host': l10n.t(
    'The journal is kept on the host and mounted in the machine; fails if the host keeps none on disk.',
  ),
  'Exec.LinkJournal.no': l10n.t('Nothing is shared.'),
  'Exec.LinkJournal.try-guest': l10n.t('Like guest, but starts also when the host keeps no journal on disk.'),
  'Exec.LinkJournal.try-host': l10n.t('Like host, but starts also when the host keeps no journal on disk.'),

  'Exec.PrivateUsers.identity': l10n.t(
    'A user namespace in which all users have the numbers of the host; it separates capabilities, not users.',
  ),
  'Exec.PrivateUsers.managed': l10n.t('A range of 65,536 users that systemd-nsresourced hands out.'),
  'Exec.PrivateUsers.no': l10n.t('No user namespace: root in the machine is root on the host.'),
  'Exec.PrivateUsers.pick': l10n.t(
    'A free range of 65,536 users, found anew when the old one is taken; in a file this changes the owners on disk unless PrivateUsersOwnership= says otherwise.',
  ),
  'Exec.PrivateUsers.yes': l10n.t('A range that begins with the owner of the image’s root directory.'),

  'Exec.ResolvConf.auto': l10n.t(
    'Leaves the file alone with private networking; otherwise takes that of systemd-resolved or of the host, copied if the image is writable, mounted if not.',
  ),
  'Exec.ResolvConf.bind-host': l10n.t('Mounts the host’s /etc/resolv.conf read-only.'),
  'Exec.ResolvConf.bind-static': l10n.t('Mounts the fixed file that comes with systemd-resolved read-only.'),
  'Exec.ResolvConf.bind-stub': l10n.t('Mounts the file that points to the local server of systemd-resolved read-only.'),
  'Exec.ResolvConf.bind-uplink': l10n.t('Mounts the file with the servers that systemd-resolved asks read-only.'),
  'Exec.ResolvConf.copy-host': l10n.t(
    'Copies the host’s /etc/resolv.conf, unless the machine has a symbolic link there.',
  ),
  'Exec.ResolvConf.copy-static': l10n.t(
    'Copies the fixed file that comes with systemd-resolved, unless the machine has a symbolic link there.',
  ),
  'Exec.ResolvConf.copy-stub': l10n.t(
    'Copies the file that points to the local server of systemd-resolved, unless the machine has a symbolic link there.',
  ),
  'Exec.ResolvConf.copy-uplink': l10n.t(
    'Copies the file with the servers that systemd-resolved asks, unless the machine has a symbolic link there.',
  ),
  'Exec.ResolvConf.delete': l10n.t('Removes the file from the machine.'),
  'Exec.ResolvConf.off': l10n.t('Leaves the file as it is in the image.'),
  'Exec.ResolvConf.replace-host': l10n.t('Copies the host’s /etc/resolv.conf over whatever is there.'),
  'Exec.ResolvConf.replace-static': l10n.t(
    'Copies the fixed file that comes with systemd-resolved over whatever is there.',
  ),
  'Exec.ResolvConf.replace-stub': l10n.t(
    'Copies the file that points to the local server of systemd-resolved over whatever is there.',
  ),
  'Exec.ResolvConf.replace-uplink': l10n.t(
    'Copies the file with the servers that systemd-resolved asks over whatever is there.',
  ),

  'Exec.Timezone.auto': l10n.t(
    'A symbolic link if the host has one, otherwise a copy; mounted from the host if the image is read-only.',
  ),
  'Exec.Timezone.bind': l10n.t('Mounts the host’s /etc/localtime in the machine.'),
  'Exec.Timezone.copy': l10n.t('Copies the host’s /etc/localtime into the machine.'),
  'Exec.Timezone.delete': l10n.t('Removes the file from the machine.'),
  'Exec.Timezone.off': l10n.t('Leaves the file as it is in the image.'),
  'Exec.Timezone.symlink': l10n.t('Links to the machine’s own data for the time zone that the host uses.'),

  'Files.PrivateUsersOwnership.auto': l10n.t(
    'Maps the owners where kernel and file system can, otherwise changes them on disk.',
  ),
  'Files.PrivateUsersOwnership.chown': l10n.t(
    'Changes the owner of every file on disk, which takes time and stays after the machine has stopped.',
  ),
  'Files.PrivateUsersOwnership.foreign': l10n.t(
    'For images that are owned by the range reserved for foreign users: they are mapped, nothing on disk changes.',
  ),
  'Files.PrivateUsersOwnership.map': l10n.t(
    'Maps the owners while the machine runs, nothing on disk changes; fails where the file system cannot.',
  ),
  'Files.PrivateUsersOwnership.off': l10n.t('Leaves the owners as they are.'),

  'Files.Volatile.no': l10n.t('The image is writable and keeps its changes.'),
  'Files.Volatile.overlay': l10n.t('The image stays as it is, all changes go to memory and are lost at the end.'),
  'Files.Volatile.state': l10n.t('The image is read-only with an empty /var in memory.'),
  'Files.Volatile.yes': l10n.t(
    'An empty root in memory with the image’s /usr read-only; the system in it must be able to start from /usr alone.',
  ),
});
