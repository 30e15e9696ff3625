import type { TerminalCommand } from '../../command.ts';
import type { Image } from '../../image.ts';
import { checkMachineName } from '../../names.ts';

/** The login prompt of the machine, by its own getty; needs systemd and D-Bus inside. */
export const login = (name: string): TerminalCommand => ({
  file: 'machinectl',
  args: ['login', '--', name],
  title: name,
});

/** `machine`: the machine's own journal. `unit`: what the host has of it, which is its console and its starts and stops. */
export type JournalSource = { readonly kind: 'machine' } | { readonly kind: 'unit'; readonly unit: string };

export const followJournal = (name: string, source: JournalSource): TerminalCommand => ({
  file: 'journalctl',
  args: [
    '--no-pager',
    '--follow',
    '--lines=100',
    source.kind === 'machine' ? `--machine=${name}` : `--unit=${source.unit}`,
  ],
  title: name,
});

export const showStatus = (name: string): TerminalCommand => ({
  file: 'machinectl',
  args: ['status', '--full', '--', name],
  title: name,
});

export interface RunImageOptions {
  /** Boots its init; otherwise a shell as PID 1, like chroot. */
  readonly boot: boolean;
  /** On a copy that is thrown away at the end. */
  readonly ephemeral: boolean;
  /** Whether machined and systemd are there; without them systemd-nspawn must not look for them. */
  readonly registered: boolean;
}

const where = (image: Image): readonly string[] => {
  switch (image.type) {
    case 'raw':
    case 'block':
      return [`--image=${image.path}`];
    case 'directory':
    case 'subvolume':
    case 'unknown':
      return [`--directory=${image.path}`];
  }
};

/**
 * Runs an image in a terminal, without its unit. Images of machined's pool get what systemd-nspawn@.service gives them (a
 * user namespace above all, since files that belong to it would otherwise change hands), others what `systemd-nspawn -D` does.
 */
export const runImage = (image: Image, { boot, ephemeral, registered }: RunImageOptions): TerminalCommand => {
  const asUnit = image.managed ? ['--settings=override', '-U'] : [];
  const network = image.managed && boot ? ['--network-veth', '--link-journal=try-guest'] : [];
  // An ephemeral one gets a name of its own, so that it can run beside the original.
  const named = !ephemeral && checkMachineName(image.name) === undefined ? [`--machine=${image.name}`] : [];
  return {
    file: 'systemd-nspawn',
    args: [
      '--quiet',
      ...(boot ? ['--boot'] : []),
      ...(ephemeral ? ['--ephemeral'] : []),
      ...(image.readOnly && !ephemeral ? ['--read-only'] : []),
      ...asUnit,
      ...network,
      ...(registered ? [] : ['--register=no', '--keep-unit']),
      ...named,
      ...where(image),
    ],
    title: image.name,
  };
};
