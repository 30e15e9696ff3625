import * as l10n from '@vscode/l10n';
import type { MigrationNote, SystemdMigration } from '../../../protocol/migration.ts';

/** A comment ends with its line, whatever a name holds. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

const noteLines = (notes: readonly (MigrationNote & { readonly file?: string })[]): readonly string[] =>
  notes
    .filter(({ level }) => level === 'warning')
    .map(({ file = 'cgconfig.conf', line, text }) => `# ${file}:${line}: ${text}`);

/** All files and commands as one text to look at: a comment with its path above each file, commands as comments. */
export const systemdText = ({ files, commands, notes, ruleNotes }: SystemdMigration): string => {
  const losses = [...noteLines(notes), ...noteLines(ruleNotes)];
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
