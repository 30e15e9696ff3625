import * as l10n from '@vscode/l10n';
import { nspawnSchema } from '../../../schema/nspawnSchema.ts';
import { defaultContext } from '../../context.ts';
import { judgeNspawn } from '../check.ts';
import { parseNspawn } from '../parse.ts';
import type { OptionMeaning } from './commandOptions.ts';
import { type ConversionNote, noteComments } from './conversionNotes.ts';
import { findCommand, type FoundCommand } from './findCommand.ts';
import { aboutImage, aboutMachinectlStart, isFound, isThisHost, nameOfPath } from './otherCaller.ts';
import { type GivenOption, readOptions } from './readOptions.ts';
import { fitsInLine, quoteForFile, type Setting, settingsText } from './settingsText.ts';
import type { ShellWord } from '../../shellWords.ts';
import { isAboutUsers, usersFromOptions } from './usersOfMachine.ts';

export interface ConvertedCommand {
  /** The name of the machine, where the command tells: the file is to be called NAME.nspawn. */
  readonly machine: string | undefined;
  /** The file, with the notes as comments at its top, and what machinectl start makes of it as comments at its end. */
  readonly text: string;
  readonly notes: readonly ConversionNote[];
  /** `machinectl start` does not look where the image is. */
  readonly imageIsElsewhere?: true;
}

interface Conversion {
  readonly systemdVersion: number;
  readonly replacedBy: FoundCommand['replacedBy'];
  readonly settings: Setting[];
  readonly notes: ConversionNote[];
  machine: string | undefined;
  image: GivenOption | undefined;
}

const isMachineName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/u.test(name);

const replaced = ({ replacedBy }: Conversion, what: string): string =>
  replacedBy === 'shell'
    ? l10n.t`The shell would replace a part of ${what}; write the result instead.`
    : l10n.t`systemd would replace a part of ${what}, such as %i by the name of the unit, which it does not do in a .nspawn file; write the result instead.`;

const addSetting = (to: Conversion, written: string, setting: Setting, expands: boolean): void => {
  if (!fitsInLine(setting.value)) {
    const text = l10n.t(
      'A line of the file cannot hold this value: it goes over a line, or begins or ends with a blank or a backslash.',
    );
    to.notes.push({ about: written, text });
    return;
  }
  to.settings.push(setting);
  if (expands) to.notes.push({ about: written, text: replaced(to, setting.value) });
};

const addRlimit = (to: Conversion, { written, argument = '', expands }: GivenOption): void => {
  const [, name, value] = /^(?:RLIMIT_|Limit)?([A-Z]+)=(.*)$/su.exec(argument) ?? [];
  if (name === undefined || value === undefined) {
    to.notes.push({ about: written, text: l10n.t`${argument} is not NAME=LIMIT, such as RLIMIT_NOFILE=1024.` });
    return;
  }
  addSetting(to, written, { section: 'Exec', key: `Limit${name}`, value }, expands);
};

const addPlain = (to: Conversion, given: GivenOption, meaning: Extract<OptionMeaning, { kind: 'setting' }>): void => {
  const { written, argument, expands } = given;
  const plain = meaning.fixed ?? argument ?? 'yes';
  const value = meaning.how === 'commasToBlanks' ? plain.replaceAll(',', ' ') : plain;
  const quoted = meaning.how === 'word' ? quoteForFile(value) : value;
  if (meaning.key === 'Environment' && !value.includes('=')) {
    to.notes.push({
      about: `${written} ${value}`,
      text: l10n.t('It copies the variable of the caller; in a file, write NAME=VALUE.'),
    });
    return;
  }
  addSetting(to, written, { section: meaning.section, key: meaning.key, value: quoted ?? '\n' }, expands);
};

const addMachine = (to: Conversion, { written, argument = '', expands }: GivenOption): void => {
  to.machine = undefined;
  if (expands)
    to.notes.push({ about: `${written} ${argument}`, text: replaced(to, l10n.t('the name of the machine')) });
  else if (isMachineName(argument)) to.machine = argument;
  else to.notes.push({ about: `${written} ${argument}`, text: l10n.t('This is no name for a machine.') });
};

const addOption = (to: Conversion, given: GivenOption): void => {
  const { option, written, argument = '', expands } = given;
  const { meaning } = option;
  switch (meaning.kind) {
    case 'setting':
      addPlain(to, given, meaning);
      return;
    case 'users':
      // They are put together when all of them are known.
      if (expands) to.notes.push({ about: written, text: replaced(to, argument) });
      return;
    case 'rlimit':
      addRlimit(to, given);
      return;
    case 'user':
      if (argument === '')
        to.notes.push({
          about: written,
          text: l10n.t('It is about the systemd of a user; machinectl start is about that of the host.'),
        });
      else addSetting(to, written, { section: 'Exec', key: 'User', value: argument }, expands);
      return;
    case 'machine':
      addMachine(to, given);
      return;
    case 'image':
      to.image = given;
      return;
    case 'property':
      to.notes.push({ about: written, text: l10n.t`Set ${argument} in a drop-in of systemd-nspawn@NAME.service.` });
      return;
    case 'slice':
      to.notes.push({
        about: written,
        text: l10n.t`Set Slice=${argument} in a drop-in of systemd-nspawn@NAME.service.`,
      });
      return;
    case 'none':
      to.notes.push({ about: written, text: meaning.note });
  }
};

const addImage = (to: Conversion, hasName: boolean): void => {
  if (to.image === undefined) return;
  const { written, argument = '', expands } = to.image;
  const name = nameOfPath(argument);
  if (!hasName && !expands && isMachineName(name)) to.machine = name;
  to.notes.push({ about: `${written} ${argument}`, ...aboutImage(argument, to.machine, expands) });
};

/** A command counts only beside Boot= or ProcessTwo=. */
const addParameters = (to: Conversion, rest: readonly ShellWord[]): void => {
  if (rest.length === 0) return;
  if (!to.settings.some(({ key }) => key === 'Boot' || key === 'ProcessTwo'))
    to.settings.push({ section: 'Exec', key: 'Boot', value: 'no' });
  const words = rest.map(({ text }) => quoteForFile(text));
  const value = words.every((word) => word !== undefined) ? words.join(' ') : '\n';
  const expands = rest.some((word) => word.expands);
  addSetting(to, l10n.t('the command'), { section: 'Exec', key: 'Parameters', value }, expands);
};

/** Lines of these add up in a file, while a later option replaces an earlier one. */
const replacedByLater: ReadonlySet<string> = new Set(['CPUAffinity']);

/** Of a setting that stands only once the last one counts. */
const settle = (settings: readonly Setting[]): readonly Setting[] => {
  const last = new Map(settings.map((setting) => [setting.key, setting]));
  const addsUp = ({ key }: Setting): boolean =>
    !replacedByLater.has(key) &&
    (nspawnSchema.directives.find(({ name }) => name === key)?.repeat ?? 'append') === 'append';
  return settings.filter((setting) => addsUp(setting) || last.get(setting.key) === setting);
};

/** Directives that the target does not know yet become notes. */
const keepKnown = (to: Conversion): readonly Setting[] =>
  settle(to.settings).filter(({ key, value }) => {
    const directive = nspawnSchema.directives.find(({ name }) => name === key);
    if (directive !== undefined && directive.since <= to.systemdVersion) return true;
    const text =
      directive === undefined
        ? l10n.t('No version of systemd knows it as a setting.')
        : l10n.t`As a setting it is known to systemd ${directive.since} and later only.`;
    to.notes.push({ about: `${key}=${value}`, text });
    return false;
  });

/**
 * The first `systemd-nspawn …` command of a text, also one from a script, a unit or a page, as a settings file. Undefined where
 * there is no such command in the text. Nothing is run.
 */
export const settingsFromCommand = (script: string, systemdVersion: number): ConvertedCommand | undefined => {
  const command = findCommand(script);
  if (command === undefined) return undefined;
  const { replacedBy } = command;
  const { options, rest, notes } = readOptions(command.words, systemdVersion);
  const to: Conversion = {
    systemdVersion,
    replacedBy,
    settings: [],
    notes: [...command.notes, ...notes],
    machine: undefined,
    image: undefined,
  };
  for (const given of options) addOption(to, given);
  for (const setting of usersFromOptions(options.filter(isAboutUsers), systemdVersion))
    addSetting(to, l10n.t('the options about users'), setting, false);
  addImage(
    to,
    options.some(({ option: { meaning } }) => meaning.kind === 'machine'),
  );
  addParameters(to, rest);
  const settings = keepKnown(to);
  const text = settingsText(noteComments(to.notes), settings);
  const inForce = judgeNspawn(parseNspawn(text), text, {
    ...defaultContext,
    systemdVersion,
    place: { trust: 'trusted' },
  });
  // Of what machinectl cannot start there is nothing to say.
  const isStartable = to.image === undefined || to.image.expands || !isThisHost(to.image.argument ?? '');
  const comments = (isStartable ? aboutMachinectlStart(inForce) : []).map((comment) => `# ${comment}\n`);
  return {
    machine: to.machine,
    text: comments.length === 0 ? text : `${text}\n${comments.join('')}`,
    notes: to.notes,
    ...(to.image === undefined || isFound(to.image.argument ?? '', to.machine) ? {} : { imageIsElsewhere: true }),
  };
};
