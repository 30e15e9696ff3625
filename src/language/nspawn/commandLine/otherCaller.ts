import * as l10n from '@vscode/l10n';
import { isNetworkConfigured, ownershipEntry } from '../crossRules/startUp.ts';
import type { FileInForce } from '../check.ts';
import type { ConversionNote } from './conversionNotes.ts';
import { quoteForShell } from '../../shellWords.ts';
import type { Setting } from './settingsText.ts';
import { imageDirectories } from '../../../schema/imageDirectories.ts';

/** An option of systemd-nspawn@.service that makes a difference, and the line that keeps it from doing so. */
interface TemplateOption {
  readonly option: string;
  readonly gives: string;
  readonly line: Setting;
}

/** `machinectl start` passes these beside a file that does not decide the same thing itself; a call by hand does not. */
const templateOptions = ({ settings, startMode }: FileInForce): readonly TemplateOption[] => [
  ...(startMode === undefined
    ? [{ option: '--boot', gives: l10n.t('its init'), line: { section: 'Exec', key: 'Boot', value: 'no' } } as const]
    : []),
  ...(settings.last('PrivateUsers') === undefined && ownershipEntry(settings) === undefined
    ? [
        {
          option: '-U',
          gives: l10n.t('users of its own'),
          line: { section: 'Exec', key: 'PrivateUsers', value: 'no' },
        } as const,
      ]
    : []),
  ...(settings.last('LinkJournal') === undefined
    ? [
        {
          option: '--link-journal=try-guest',
          gives: l10n.t('a journal that the host can read'),
          line: { section: 'Exec', key: 'LinkJournal', value: 'auto' },
        } as const,
      ]
    : []),
  ...(isNetworkConfigured(settings)
    ? []
    : [
        {
          option: '--network-veth',
          gives: l10n.t('a network of its own'),
          line: { section: 'Network', key: 'Private', value: 'no' },
        } as const,
      ]),
];

const listed = (words: readonly string[]): string => words.join(', ');

/** For a file that was made of a command: what `machinectl start` does besides, and the lines that keep the machine as it was. */
export const aboutMachinectlStart = (file: FileInForce): readonly string[] => {
  const options = templateOptions(file);
  if (options.length === 0) return [];
  const linesOf = (section: Setting['section']): readonly string[] => {
    const lines = options.filter(({ line }) => line.section === section);
    return lines.length === 0 ? [] : [`[${section}]`, ...lines.map(({ line: { key, value } }) => `${key}=${value}`)];
  };
  return [
    l10n.t`machinectl start passes ${listed(options.map(({ option }) => option))}, which the command does not.`,
    l10n.t`The machine then gets ${listed(options.map(({ gives }) => gives))}.`,
    l10n.t('These lines, without the # in front of them, keep it as the command has it:'),
    ...linesOf('Exec'),
    ...linesOf('Network'),
  ];
};

/** For a command that was made of a file: what of `machinectl start` is missing in it. */
export const aboutCallByHand = (file: FileInForce): readonly string[] => {
  const options = templateOptions(file);
  return [
    ...(options.length === 0
      ? []
      : [
          l10n.t`machinectl start passes ${listed(options.map(({ option }) => option))} beside this file; this command does not.`,
          l10n.t`Add them to the command where the machine is to get ${listed(options.map(({ gives }) => gives))}, as it does there.`,
        ]),
    l10n.t(
      'With --settings=no systemd-nspawn hands on the limits of the shell that calls it, such as how many files may be open.',
    ),
    l10n.t(
      'With the file a machine has the defaults of the kernel, such as 1024 open files: add --rlimit= for those that matter.',
    ),
  ];
};

const partsOf = (path: string): { readonly directory: string; readonly name: string; readonly suffix: string } => {
  const parts = path.split('/').filter((part) => part !== '');
  const file = parts.pop() ?? '';
  const suffix = file.endsWith('.raw') ? '.raw' : '';
  return { directory: `/${parts.join('/')}`, name: file.slice(0, file.length - suffix.length), suffix };
};

/** The name that systemd-nspawn would give a machine by its path: the last part, without the ending of an image file. */
export const nameOfPath = (path: string): string => partsOf(path).name;

/** Whether `machinectl start` finds the image that a command names by its path. */
export const isFound = (path: string, machine: string | undefined): boolean => {
  const { directory, name } = partsOf(path);
  return imageDirectories.includes(directory) && name === machine;
};

/** Whether a command runs this host itself, which has no name among the images. */
export const isThisHost = (path: string): boolean => /^\/+$/u.test(path);

/** How `machinectl start` finds the image that a command names by its path. */
export const aboutImage = (
  path: string,
  machine: string | undefined,
  expands: boolean,
): Pick<ConversionNote, 'text' | 'more'> => {
  const { directory, suffix } = partsOf(path);
  if (!expands && isFound(path, machine)) return { text: l10n.t('The image is found by the name of the machine.') };
  if (!expands && isThisHost(path))
    return {
      text: l10n.t('It is this host itself that runs as a machine, which machinectl start cannot do.'),
      more: [
        l10n.t(
          'With --ephemeral it is a copy that is thrown away at the end; without it or --volatile systemd-nspawn refuses.',
        ),
        l10n.t('Save the lines as HOSTNAME.nspawn, under the name of this host, and run systemd-nspawn by hand.'),
      ],
    };
  const text = l10n.t(
    'machinectl start does not look there, only in /var/lib/machines and the like, for the name of the machine.',
  );
  if (expands || machine === undefined || !path.startsWith('/'))
    return {
      text,
      more: [
        l10n.t('Link or move the image there.'),
        l10n.t(
          'Or add its directory to the setting nspawn.imageDirectories: Boot in Terminal then runs it from where it is.',
        ),
      ],
    };
  const there = `/var/lib/machines/${machine}${suffix}`;
  const link = ['ln', '-s', quoteForShell(path), there].join(' ');
  const move = ['mv', quoteForShell(path), there].join(' ');
  return {
    text,
    more: [
      l10n.t`Link it there: ${link}`,
      l10n.t`Or move it there: ${move}`,
      l10n.t`Or add ${directory} to the setting nspawn.imageDirectories: Boot in Terminal then runs it from where it is.`,
    ],
  };
};
