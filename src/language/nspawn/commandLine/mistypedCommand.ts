import * as l10n from '@vscode/l10n';
import { nearestName } from '../../nearestName.ts';
import type { ConversionNote } from './conversionNotes.ts';
import type { FoundCommand } from './findCommand.ts';

/** A text with the mistakes taken out that people make when they type a command; all else stays where it is. */
interface Mended {
  readonly script: string;
  /** What was mended of that command, and not elsewhere in the text. */
  readonly notes: (command: FoundCommand) => readonly ConversionNote[];
}

/** The directories of a mount, as far as the shell would take them for one word but for semicolons. */
const directories =
  /(?<=(?:^|\s)--(?:bind|bind-ro|overlay|overlay-ro)(?:=|[ \t]{1,10}))\/[^\s'"|&<>()`$]*;\/[^\s'"|&<>()`$]*/gu;

/** `--bind=/a;/b`: for a shell the command would end in front of `/b`. */
export const withColons = (script: string): Mended => {
  const mended: { readonly written: string; readonly meant: string }[] = [];
  const mend = (written: string): string => {
    const meant = written.replaceAll(';/', ':/');
    mended.push({ written, meant });
    return meant;
  };
  return {
    script: script.includes(';/') ? script.replace(directories, mend) : script,
    notes: ({ words }) =>
      mended
        .filter(({ meant }) => words.some(({ text }) => text.endsWith(meant)))
        .map(({ written, meant }) => ({
          about: written,
          text: l10n.t`It is read as ${meant}: a colon stands between directories, and at a semicolon a shell ends the command.`,
        })),
  };
};

const program = 'systemd-nspawn';
const mostLookedAt = 50;

/** A text in which a word that is nearly the name of the program is that name; undefined where there is none. */
export const withProgramSpelled = (
  script: string,
): { readonly script: string; readonly note: ConversionNote } | undefined => {
  const words = script.matchAll(/(?<=^|[\s/=])s[\w-]{8,18}(?=\s|$)/gu);
  let lookedAt = 0;
  for (const { 0: word, index } of words) {
    if (++lookedAt > mostLookedAt) break;
    if (word === program || nearestName(word, [program]) === undefined) continue;
    return {
      script: script.slice(0, index) + program + script.slice(index + word.length),
      note: { about: word, text: l10n.t`It is read as ${program}, which was probably meant.` },
    };
  }
  return undefined;
};
