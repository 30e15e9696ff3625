import { ownershipEntry, type StartUp } from '../crossRules/startUp.ts';
import { parseBoolean } from '../values/boolean.ts';
import type { GivenOption } from './readOptions.ts';
import type { Setting } from './settingsText.ts';

/** The first version with an ownership other than `chown`. */
const ownershipSince = 249;
/** From this version on any of these options makes user namespaces, on the command line only. */
const everyOptionPicks = 261;

type Mode = 'mode' | 'unprivileged' | 'ownership' | 'chown' | 'delegate';

const modes: Readonly<Record<string, Mode>> = {
  'private-users': 'mode',
  'private-users-ownership': 'ownership',
  'private-users-chown': 'chown',
  'private-users-delegate': 'delegate',
};

const modeOf = ({ option: { long, short } }: GivenOption): Mode | undefined =>
  short === 'U' ? 'unprivileged' : modes[long ?? ''];

export const isAboutUsers = (given: GivenOption): boolean => modeOf(given) !== undefined;

const picks = (mode: string | undefined): boolean => mode === 'pick' || mode === 'managed';

const ownershipSetting = (ownership: string, systemdVersion: number): Setting =>
  systemdVersion >= ownershipSince
    ? { section: 'Files', key: 'PrivateUsersOwnership', value: ownership }
    : { section: 'Files', key: 'PrivateUsersChown', value: 'yes' };

/**
 * What the options about users come to, as parse_argv() takes them: each replaces what an earlier one said of the same thing. The
 * command line implies `auto` where a file implies `chown` up to 261; before 249 both imply what is now `chown`.
 */
export const usersFromOptions = (given: readonly GivenOption[], systemdVersion: number): readonly Setting[] => {
  const said: Partial<Record<'mode' | 'ownership' | 'delegate', string>> = {};
  for (const option of given)
    switch (modeOf(option)) {
      case 'mode':
        said.mode = option.argument ?? 'yes';
        break;
      case 'unprivileged':
        said.mode = 'pick';
        break;
      case 'ownership':
        said.ownership = option.argument ?? '';
        break;
      case 'chown':
        said.ownership = 'chown';
        break;
      case 'delegate':
        said.delegate = option.argument ?? '';
        break;
      case undefined:
        break;
    }
  const { ownership, delegate } = said;
  const isAny = ownership !== undefined || delegate !== undefined;
  const mode = said.mode ?? (isAny && systemdVersion >= everyOptionPicks ? 'pick' : undefined);
  const owner = ownership ?? (picks(mode) ? 'auto' : undefined);
  return [
    // Digits are a user number on the command line, but 0 and 1 are no and yes in a file.
    ...(mode === undefined
      ? []
      : [{ section: 'Exec', key: 'PrivateUsers', value: /^[01]$/u.test(mode) ? `${mode}:65536` : mode } as const]),
    ...(delegate === undefined ? [] : [{ section: 'Exec', key: 'PrivateUsersDelegate', value: delegate } as const]),
    ...(owner === undefined ? [] : [ownershipSetting(owner, systemdVersion)]),
  ];
};

/** The options that do what the lines of a file about users come to. */
export const optionsForUsers = ({ settings, systemdVersion, ownership, delegate }: StartUp): readonly string[] => {
  const users = settings.last('PrivateUsers');
  if (users === undefined && ownershipEntry(settings) === undefined) return [];
  const isYes = users === undefined ? false : parseBoolean(users.value);
  const mode = isYes === undefined ? (users?.value ?? 'no') : isYes ? 'yes' : 'no';
  const hasOwnership = systemdVersion >= ownershipSince;
  const implied = !picks(mode) ? 'off' : hasOwnership ? 'auto' : 'chown';
  return [
    `--private-users=${mode}`,
    ...(ownership === implied
      ? []
      : [hasOwnership ? `--private-users-ownership=${ownership}` : '--private-users-chown']),
    ...(delegate > 0 ? [`--private-users-delegate=${delegate}`] : []),
  ];
};
