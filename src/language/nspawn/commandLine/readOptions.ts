import * as l10n from '@vscode/l10n';
import { commandOptions } from './commandOptions.ts';
import type { CommandOption } from './commandOptions.ts';
import type { ConversionNote } from './conversionNotes.ts';
import type { ShellWord } from '../../shellWords.ts';

/** An option as it was given. */
export interface GivenOption {
  readonly option: CommandOption;
  /** As the user wrote it, such as `--bind` or `-b`. */
  readonly written: string;
  readonly argument: string | undefined;
  readonly expands: boolean;
}

export interface OptionsRead {
  readonly options: readonly GivenOption[];
  /** The command, or the arguments of init, behind the options. */
  readonly rest: readonly ShellWord[];
  /** Options that no version knows, those whose argument is missing, and words that stand for nobody knows what. */
  readonly notes: readonly ConversionNote[];
}

/** A long option by its name or a beginning of it that only one has, as getopt_long() takes it. */
const findLong = (name: string): CommandOption | undefined => {
  const exact = commandOptions.find(({ long }) => long === name);
  const started = commandOptions.filter(({ long }) => long?.startsWith(name) === true);
  return exact ?? (started.length === 1 ? started[0] : undefined);
};

/** From this version on --user may stand alone, and then says whose systemd it is about. */
const userAloneSince = 261;

const takesNext = ({ argument }: CommandOption, next: ShellWord | undefined, systemdVersion: number): boolean => {
  switch (argument) {
    case 'required':
      return true;
    case 'name':
      return systemdVersion < userAloneSince || (next !== undefined && !next.text.startsWith('-'));
    case 'none':
    case 'optional':
      return false;
  }
};

/** Takes the words behind `systemd-nspawn` apart; the first one that is no option ends them. */
export const readOptions = (words: readonly ShellWord[], systemdVersion: number): OptionsRead => {
  const options: GivenOption[] = [];
  const notes: ConversionNote[] = [];
  let at = 0;
  const give = (
    option: CommandOption | undefined,
    written: string,
    inline: string | undefined,
    word: ShellWord,
  ): void => {
    if (option === undefined) {
      notes.push({ about: l10n.t('the command'), text: l10n.t`${written} is no option of systemd-nspawn.` });
      return;
    }
    const isNext = inline === undefined && takesNext(option, words[at + 1], systemdVersion);
    const next = isNext ? words[++at] : undefined;
    if (isNext && next === undefined) {
      notes.push({ about: l10n.t('the command'), text: l10n.t`${written} needs a value.` });
      return;
    }
    options.push({
      option,
      written,
      argument: option.argument === 'none' ? undefined : (inline ?? next?.text),
      expands: word.expands || next?.expands === true,
    });
  };
  for (; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    const { text } = word;
    if (word.splits) {
      notes.push({
        about: text,
        text: l10n.t(
          'It stands for options or a command that are not known here, and is left out: write them instead.',
        ),
      });
      continue;
    }
    if (text === '--') {
      at++;
      break;
    }
    if (!text.startsWith('-') || text === '-') break;
    if (text.startsWith('--')) {
      const equals = text.indexOf('=');
      const name = text.slice(2, equals < 0 ? undefined : equals);
      give(findLong(name), `--${name}`, equals < 0 ? undefined : text.slice(equals + 1), word);
      continue;
    }
    for (let letter = 1; letter < text.length; letter++) {
      const short = text.charAt(letter);
      const option = commandOptions.find((one) => one.short === short);
      const takesRest = option !== undefined && option.argument !== 'none' && letter + 1 < text.length;
      give(option, `-${short}`, takesRest ? text.slice(letter + 1) : undefined, word);
      if (takesRest) break;
    }
  }
  return { options, rest: words.slice(at), notes };
};
