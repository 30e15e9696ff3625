import * as l10n from '@vscode/l10n';
import { commandOptions } from './commandOptions.ts';
import type { CommandOption } from './commandOptions.ts';
import type { ShellWord } from './shellWords.ts';

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
  /** Options that no version knows, and those whose argument is missing, as sentences. */
  readonly problems: readonly string[];
}

/** A long option by its name or a beginning of it that only one has, as getopt_long() takes it. */
const findLong = (name: string): CommandOption | undefined => {
  const exact = commandOptions.find(({ long }) => long === name);
  const started = commandOptions.filter(({ long }) => long?.startsWith(name) === true);
  return exact ?? (started.length === 1 ? started[0] : undefined);
};

/** Takes the words behind `systemd-nspawn` apart; the first one that is no option ends them. */
export const readOptions = (words: readonly ShellWord[]): OptionsRead => {
  const options: GivenOption[] = [];
  const problems: string[] = [];
  let at = 0;
  const takeNext = (): ShellWord | undefined => words[++at];
  const give = (
    option: CommandOption | undefined,
    written: string,
    inline: string | undefined,
    word: ShellWord,
  ): void => {
    if (option === undefined) {
      problems.push(l10n.t`${written} is no option of systemd-nspawn.`);
      return;
    }
    const next = option.argument === 'required' && inline === undefined ? takeNext() : undefined;
    if (option.argument === 'required' && inline === undefined && next === undefined) {
      problems.push(l10n.t`${written} needs a value.`);
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
    if (text === '--') {
      at++;
      break;
    }
    if (!text.startsWith('-') || text === '-') break;
    if (text.startsWith('--')) {
      const [name = '', ...values] = text.slice(2).split('=');
      give(findLong(name), `--${name}`, values.length > 0 ? values.join('=') : undefined, word);
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
  return { options, rest: words.slice(at), problems };
};
