import type * as vscode from 'vscode';
import type { QuestionId, StoreKind } from '../../../machines/creation.ts';

type L10n = Pick<typeof vscode.l10n, 't'>;

/** What a template makes, in one sentence; undefined of one that we do not know. */
export const describeTemplate = (template: string, l10n: L10n): string | undefined => {
  switch (template) {
    case 'busybox':
      return l10n.t('The smallest system there is: BusyBox of this host alone, made at once and without a network.');
    case 'download':
      return l10n.t('A ready image of one of many distributions, fetched from the server of LXC.');
    case 'debian':
      return l10n.t('Debian, built package by package from a mirror with debootstrap.');
    case 'ubuntu':
      return l10n.t('Ubuntu, built package by package from a mirror with debootstrap.');
    case 'local':
      return l10n.t('An image out of two archives that lie on this host: its metadata and its file tree.');
    case 'oci':
      return l10n.t('An image as Docker and Podman have them; it takes skopeo, umoci and jq.');
    case 'alpine':
      return l10n.t('Alpine Linux, built from a mirror with its own package manager.');
    case 'archlinux':
      return l10n.t('Arch Linux, built from a mirror with pacstrap.');
    case 'fedora':
    case 'centos':
      return l10n.t('A distribution with RPM packages, built from a mirror.');
    case 'sshd':
      return l10n.t('A container that holds an SSH server alone and shares the rest with this host.');
    default:
      return undefined;
  }
};

/** How the files of a machine are kept: a name and what it means. */
export const describeStore = (kind: StoreKind, l10n: L10n): { readonly label: string; readonly detail: string } => {
  switch (kind) {
    case 'dir':
      return { label: l10n.t('Directory'), detail: l10n.t('Plain files, which this host sees as they are.') };
    case 'btrfs':
      return {
        label: l10n.t('btrfs subvolume'),
        detail: l10n.t('Copies and snapshots take no time, and no space until they differ.'),
      };
    case 'overlay':
      return {
        label: l10n.t('Overlay'),
        detail: l10n.t('A lower directory that stays as it is made, and an upper one that takes all changes.'),
      };
    case 'loop':
      return {
        label: l10n.t('File with a file system'),
        detail: l10n.t('One file of a fixed size, so that the container cannot fill the disk of this host.'),
      };
    case 'lvm':
      return {
        label: l10n.t('LVM logical volume'),
        detail: l10n.t('A volume of a fixed size in a volume group of this host.'),
      };
    case 'zfs':
      return {
        label: l10n.t('ZFS dataset'),
        detail: l10n.t('Copies and snapshots take no time, and no space until they differ.'),
      };
  }
};

/** What is asked of a person. */
export const describeQuestion = (id: QuestionId, l10n: L10n): string => {
  switch (id) {
    case 'distribution':
      return l10n.t('Distribution');
    case 'release':
      return l10n.t('Release');
    case 'architecture':
      return l10n.t('Architecture');
    case 'mirror':
      return l10n.t('Address of the mirror');
    case 'metadata':
      return l10n.t('Archive with the metadata: a tar.xz with a file "config" in it');
    case 'fstree':
      return l10n.t('Archive with the file tree: a tar.xz with all files of the system');
    case 'arguments':
      return l10n.t('Options of the template, as they would stand behind "--"');
  }
};
