import * as l10n from '@vscode/l10n';
import type { MigrationNote, Migration } from '../../../protocol/migration.ts';

/** A comment ends with its line, whatever a name holds. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

const noteLines = (notes: readonly (MigrationNote & { readonly file?: string })[], name: string): readonly string[] =>
  notes
    .filter(({ level }) => level === 'warning')
    .map(({ file = name, line, text }) => `# ${oneLine(file)}:${line}: ${text}`);

/** All files and commands as one text to look at: a comment with its path above each file, commands as comments. `name` is the file's. */
export const migrationText = ({ files, commands, notes, otherNotes }: Migration, name: string): string => {
  const losses = [...noteLines(notes, name), ...noteLines(otherNotes, name)];
  const parts = [
    ...(losses.length === 0 ? [] : [[l10n.t('# What is not the same:'), ...losses, ''].join('\n')]),
    ...files.map(({ path, text }) => `# ${path}\n${text}`),
    ...(commands.length === 0
      ? []
      : [
          [
            l10n.t('# Commands'),
            ...commands.map(({ why, line }) => `#\n# ${oneLine(why)}:\n#   ${oneLine(line)}`),
            '',
          ].join('\n'),
        ]),
  ];
  return parts.join('\n');
};
