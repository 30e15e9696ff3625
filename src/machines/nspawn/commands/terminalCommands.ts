import type { TerminalCommand } from '../../command.ts';
import type { JournalSource, RunImageOptions } from '../../entry.ts';
import type { Image } from '../../image.ts';
import { checkMachineName } from '../../names.ts';

/** The login prompt of the machine, by its own getty; needs systemd and D-Bus inside. */
export const login = (name: string): TerminalCommand => ({
  file: 'machinectl',
  args: ['login', '--', name],
  title: name,
});

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
 * What an image of machined's pool gets besides its `.nspawn` file. Booted, that file goes before all of it, as for the unit.
 * For a shell the command line has to go before the file, which may say `Boot=yes`: saying `--as-pid2` keeps that from
 * counting, and `-U` is left out where the file decides.
 */
const asUnit = ({ boot, fileDecidesUsers }: RunImageOptions): readonly string[] =>
  boot
    ? ['--settings=override', '-U', '--network-veth', '--link-journal=try-guest']
    : ['--settings=yes', ...(fileDecidesUsers ? [] : ['-U'])];

/**
 * Runs an image in a terminal, without its unit. Images of machined's pool get what systemd-nspawn@.service gives them (a
 * user namespace above all, since files that belong to it would otherwise change hands), others what `systemd-nspawn -D` does.
 */
export const runImage = (image: Image, options: RunImageOptions): TerminalCommand => {
  const { boot, ephemeral, registered } = options;
  // An ephemeral one gets a name of its own, so that it can run beside the original.
  const named = !ephemeral && checkMachineName(image.name) === undefined ? [`--machine=${image.name}`] : [];
  return {
    // From 256 on it asks the terminal for its colour, to tint it; what a busy or distant one says too late is typed into the machine.
    env: { SYSTEMD_TINT_BACKGROUND: '0' },
    file: 'systemd-nspawn',
    args: [
      '--quiet',
      boot ? '--boot' : '--as-pid2',
      ...(ephemeral ? ['--ephemeral'] : []),
      ...(image.readOnly && !ephemeral ? ['--read-only'] : []),
      ...(image.managed ? asUnit(options) : []),
      ...(registered ? [] : ['--register=no', '--keep-unit']),
      ...named,
      ...where(image),
    ],
    title: image.name,
    ownsMachine: true,
  };
};
