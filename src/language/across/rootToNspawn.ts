import * as l10n from '@vscode/l10n';
import { warning } from '../cgconfig/migrate/migrationNote.ts';
import type { Entry } from '../document.ts';
import type { ReadConfiguration } from '../lxc/readLxc.ts';
import type { NamedOnHost } from '../namedOnHost.ts';
import { quoteForShell } from '../shellWords.ts';
import type { NspawnDraft } from './draft.ts';

/** Whose file it is, where its place tells. */
export interface OfContainer {
  readonly name: string;
  /** The directory with the directories of containers. */
  readonly above?: string;
}

const defaultAbove = '/var/lib/lxc';

/** Whether only root changes the configuration, as far as its place tells. */
export const isOfRoot = ({ above }: OfContainer): boolean => above === defaultAbove;

/** Where the root file system is: LXC keeps a kind that was given once for later lines without one. */
export const rootOf = ({
  reading,
}: ReadConfiguration):
  { readonly kind: string | undefined; readonly path: string; readonly entry: Entry } | undefined => {
  const entry = reading.entriesOf('lxc.rootfs.path').at(-1);
  if (entry === undefined) return undefined;
  const [, kind, path = ''] = /^([^:]*):(.*)$/su.exec(entry.value) ?? [undefined, undefined, entry.value];
  const before = /^([^:]*):/u.exec(reading.storage?.value ?? '')?.[1];
  return { kind: kind ?? before, path, entry };
};

export type Root = NonNullable<ReturnType<typeof rootOf>>;

type Form = 'directory' | 'file' | 'device';

const formsOfKinds: ReadonlyMap<string, Form> = new Map([
  ['dir', 'directory'],
  ['btrfs', 'directory'],
  ['bind', 'directory'],
  ['loop', 'file'],
  ['lvm', 'device'],
]);

/** What lies there: without a kind LXC looks, and so does who converts where the host is known. */
const formOf = ({ kind, path }: Root, named: NamedOnHost | undefined): Form | undefined => {
  if (kind !== undefined) return formsOfKinds.get(kind);
  if (path.startsWith('/dev/')) return 'device';
  return named?.plain?.has(path) === true || named?.paths.get(path) === 'other' ? 'file' : 'directory';
};

/** The root file system stays where it is; machinectl finds it by a link. */
export const addRoot = (
  to: NspawnDraft,
  root: Root | undefined,
  of: OfContainer,
  named: NamedOnHost | undefined,
): void => {
  const { name, above } = of;
  const here = above === undefined || above === defaultAbove ? [] : ['-P', above];
  to.commands.push({
    why: l10n.t('Both must not run at once on one root file system'),
    line: ['lxc-stop', ...here, '-n', name].map(quoteForShell).join(' '),
  });
  if (root === undefined) {
    to.notes.add(
      { key: 'lxc.rootfs.path', line: 1 },
      warning(l10n.t('There is none, and systemd-nspawn needs a root file system.')),
    );
    return;
  }
  const form = formOf(root, named);
  if (form === undefined || !root.path.startsWith('/') || /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(root.path)) {
    to.notes.lost(
      root.entry,
      l10n.t(
        'systemd-nspawn does not start this kind of storage: copy it to a directory first, as with lxc-copy -B dir.',
      ),
    );
    return;
  }
  if (
    root.kind === undefined &&
    form === 'directory' &&
    named?.paths.get(root.path) === undefined &&
    /\.[^/]+$/u.test(root.path)
  )
    to.notes.lost(
      root.entry,
      l10n.t(
        'It is taken for a directory: where it is a file with a file system, let the name of the link end in .raw.',
      ),
    );
  // What is found there as an image has this end where it is a file, and none where it is a device.
  const link = `/var/lib/machines/${to.machine}${form === 'file' ? '.raw' : ''}`;
  to.notes.tell(
    root.entry,
    l10n.t('systemd-nspawn starts only what has a file /etc/os-release or /usr/lib/os-release.'),
  );
  to.commands.push({
    why: isOfRoot(of)
      ? l10n.t('The root file system stays where it is')
      : l10n.t('The root file system stays where it is, and whoever may write there changes what root starts'),
    line: ['ln', '-sT', '--', root.path, link].map(quoteForShell).join(' '),
  });
};
