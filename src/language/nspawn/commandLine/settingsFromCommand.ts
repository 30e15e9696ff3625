import * as l10n from '@vscode/l10n';
import { nspawnSchema } from '../../../schema/nspawnSchema.ts';
import type { OptionMeaning } from './commandOptions.ts';
import { noteComments } from './noteComments.ts';
import { readOptions } from './readOptions.ts';
import type { GivenOption } from './readOptions.ts';
import { fitsInLine, quoteForFile, settingsText } from './settingsText.ts';
import type { Setting } from './settingsText.ts';
import { splitShellCommand } from './shellWords.ts';
import type { ShellCommand, ShellWord } from './shellWords.ts';

/** What could not be put into the file, or has to be looked at. */
export interface ConversionNote {
  /** The option or word that it is about, as it was written. */
  readonly about: string;
  readonly text: string;
}

export interface ConvertedCommand {
  /** The name of the machine, where the command tells: the file is to be called NAME.nspawn. */
  readonly machine: string | undefined;
  /** The file, with the notes as comments at its top. */
  readonly text: string;
  readonly notes: readonly ConversionNote[];
}

const program = /(?:^|\/)systemd-nspawn$/u;

/** Words in front of the program that are its environment or run it with other rights, such as `sudo -E`. */
const wordsBehindProgram = (words: readonly ShellWord[]): readonly ShellWord[] | undefined => {
  const at = words.findIndex(({ text }) => program.test(text));
  if (at >= 0) return words.slice(at + 1);
  return words[0]?.text.startsWith('-') === true ? words : undefined;
};

interface Conversion {
  readonly systemdVersion: number;
  readonly settings: Setting[];
  readonly notes: ConversionNote[];
  machine: string | undefined;
}

/** The name that systemd-nspawn would give a machine by its path: the last part, without the ending of an image file. */
const nameOfPath = (path: string): string | undefined => {
  const name = path
    .replace(/\/+$/u, '')
    .replace(/^.*\//u, '')
    .replace(/\.raw$/u, '');
  return /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/u.test(name) ? name : undefined;
};

const addSetting = (to: Conversion, written: string, setting: Setting, expands: boolean): void => {
  if (!fitsInLine(setting.value)) {
    const text = l10n.t(
      'A line of the file cannot hold this value: it goes over a line, or begins or ends with a blank or a backslash.',
    );
    to.notes.push({ about: written, text });
    return;
  }
  to.settings.push(setting);
  if (expands)
    to.notes.push({
      about: written,
      text: l10n.t`The shell would replace a part of ${setting.value}; write the result instead.`,
    });
};

const addPrivateUsers = (to: Conversion, { written, argument, expands }: GivenOption): void => {
  const add = (key: string, section: 'Exec' | 'Files', value: string): void =>
    addSetting(to, written, { section, key, value }, expands);
  // Digits are a user number on the command line, but 0 and 1 are no and yes in the file.
  const value = argument === undefined ? 'yes' : /^[01]$/u.test(argument) ? `${argument}:65536` : argument;
  add('PrivateUsers', 'Exec', value);
  if (value === 'pick' || value === 'managed') addOwnership(to);
};

/** The command line takes `auto` where a file takes `chown` up to 261; before 249 both took what is now `chown`. */
const addOwnership = ({ settings, systemdVersion }: Conversion): void => {
  settings.push(
    systemdVersion >= 249
      ? { section: 'Files', key: 'PrivateUsersOwnership', value: 'auto' }
      : { section: 'Files', key: 'PrivateUsersChown', value: 'yes' },
  );
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

const addOption = (to: Conversion, given: GivenOption): void => {
  const { option, written, argument = '', expands } = given;
  const { meaning } = option;
  switch (meaning.kind) {
    case 'setting':
      addPlain(to, given, meaning);
      return;
    case 'privateUsers':
      addPrivateUsers(to, given);
      return;
    case 'unprivileged':
      to.settings.push({ section: 'Exec', key: 'PrivateUsers', value: 'pick' });
      addOwnership(to);
      return;
    case 'rlimit':
      addRlimit(to, given);
      return;
    case 'user':
      if (argument === '') to.notes.push({ about: written, text: l10n.t('It concerns only this one call.') });
      else addSetting(to, written, { section: 'Exec', key: 'User', value: argument }, expands);
      return;
    case 'machine':
      to.machine = argument;
      return;
    case 'image':
      to.machine ??= nameOfPath(argument);
      to.notes.push({
        about: `${written} ${argument}`,
        text: l10n.t('The image is found by the name of the machine.'),
      });
      return;
    case 'none':
      to.notes.push({ about: written, text: meaning.note });
  }
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

/** Of a setting that stands only once the last one counts; ownership that was only implied gives way to one that was said. */
const settle = (settings: readonly Setting[]): readonly Setting[] =>
  settings.filter((setting, index) => {
    const { repeat } = nspawnSchema.directives.find(({ name }) => name === setting.key) ?? { repeat: 'append' };
    if (repeat === 'append') return true;
    const others = settings.filter(({ key }) => key === setting.key);
    const said = others.findLast(({ value }) => value !== 'auto') ?? others.at(-1);
    const chosen = setting.key === 'PrivateUsersOwnership' ? said : others.at(-1);
    return chosen === setting && settings.indexOf(setting) === index;
  });

/** Directives that the target does not know yet become notes. */
const keepKnown = (to: Conversion): readonly Setting[] =>
  settle(to.settings).filter(({ key, value }) => {
    const directive = nspawnSchema.directives.find(({ name }) => name === key);
    if (directive !== undefined && directive.since <= to.systemdVersion) return true;
    const since =
      directive === undefined ? l10n.t('no version of systemd') : l10n.t`systemd ${directive.since} and later`;
    to.notes.push({ about: `${key}=${value}`, text: l10n.t`As a setting it is known to ${since} only.` });
    return false;
  });

/** Where else in a script the program is named: in a later command, but not in a comment. */
const laterPlaces = (script: string): readonly number[] =>
  [...script.matchAll(/(?<![^\s;&|()])[^\s;&|()'"#]*systemd-nspawn(?=\s|$)/gu)]
    .map(({ index }) => index)
    .filter((index) => !/(?:^|\s)#/u.test(script.slice(script.lastIndexOf('\n', index) + 1, index)));

const commandIn = (script: string): ShellCommand | undefined =>
  [0, ...laterPlaces(script)]
    .map((start) => splitShellCommand(script.slice(start)))
    .find(({ words }) => wordsBehindProgram(words) !== undefined);

/**
 * The first `systemd-nspawn …` command of a text, also one from a shell script with quotes and continued lines, as a settings file. Undefined
 * where there is no such command in the text. Nothing is run.
 */
export const settingsFromCommand = (script: string, systemdVersion: number): ConvertedCommand | undefined => {
  const command = commandIn(script);
  const behind = wordsBehindProgram(command?.words ?? []);
  if (behind === undefined) return undefined;
  const openQuote = command?.openQuote;
  const { options, rest, problems } = readOptions(behind);
  const to: Conversion = { systemdVersion, settings: [], notes: [], machine: undefined };
  if (openQuote !== undefined) to.notes.push({ about: openQuote, text: l10n.t('The quote is never closed.') });
  for (const problem of problems) to.notes.push({ about: l10n.t('the command'), text: problem });
  for (const given of options) addOption(to, given);
  addParameters(to, rest);
  const settings = keepKnown(to);
  return { machine: to.machine, text: settingsText(noteComments(to.notes), settings), notes: to.notes };
};
