import * as l10n from '@vscode/l10n';
import { extractWords } from '../values/extractWord.ts';
import type { ConversionNote } from './conversionNotes.ts';
import type { FoundCommand } from './findCommand.ts';
import type { ShellWord } from '../../shellWords.ts';

/** systemd ends a value at the end of the line, and passes over comments between continued lines. */
const joined = (value: string): string => value.replace(/\\\n(?:[ \t]*[#;][^\n]*\n)*/gu, ' ');

/** `%i` and `$NAME` are replaced by systemd; twice the character is the character. */
const wordOf = (text: string): ShellWord => {
  const plain = text.replaceAll(/%%|\$\$/gu, '');
  return {
    text: text.replaceAll('%%', '%').replaceAll('$$', '$'),
    expands: /%[A-Za-z]|\$/u.test(plain),
    splits: /^\$\w+$/u.test(plain),
  };
};

const environmentNotes = (unit: string): readonly ConversionNote[] =>
  [...unit.matchAll(/^[ \t]*Environment=(.*SYSTEMD_.*)$/gmu)].map(([, variables = '']) => ({
    about: `Environment=${variables.trim()}`,
    text: l10n.t(
      'A file cannot hold it: it is for systemd-nspawn itself, so keep it in a drop-in of systemd-nspawn@NAME.service.',
    ),
  }));

/**
 * The first `ExecStart=…systemd-nspawn …` of a unit. systemd takes such a line apart by rules of its own, which are not those of
 * a shell: no redirections, no comments behind words, specifiers.
 */
export const commandInUnit = (text: string, program: RegExp): FoundCommand | undefined => {
  for (const [, value = ''] of text.matchAll(
    /^[ \t]*Exec[A-Z]\w*[ \t]*=[ \t]*[-@:+!|]*((?:[^\n]*\\\n(?:[ \t]*[#;][^\n]*\n)*)*[^\n]*)/gmu,
  )) {
    const { words, failure } = extractWords(joined(value), { unquote: true });
    const at = words.findIndex((word) => program.test(word.text));
    if (at < 0) continue;
    return {
      words: words.slice(at + 1).map((word) => wordOf(word.text)),
      replacedBy: 'systemd',
      notes: [
        ...environmentNotes(text),
        ...(failure === undefined ? [] : [{ about: 'ExecStart=', text: l10n.t('A quote in it is never closed.') }]),
      ],
    };
  }
  return undefined;
};
