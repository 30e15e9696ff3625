import { TextDocument } from 'vscode-languageserver-textdocument';
import { migrateToSystemd, migrateToV2 } from '../../../../../src/language/cgconfig/migrate/migrate.ts';
import { groupFileOf } from '../../../../../src/language/cgroups/groupFile.ts';
import { defaultContext } from '../../../../../src/language/context.ts';
import type { Context } from '../../../../../src/language/context.ts';
import type { LanguageId, SourceFile } from '../../../../../src/language/fileType.ts';
import { openFile } from '../../../../../src/language/languageService.ts';
import type { TextForV2, MigratedFiles } from '../../../../../src/protocol/migration.ts';

export const opened = (languageId: LanguageId, text: string): SourceFile => {
  const file = openFile(TextDocument.create(`file:///etc/${languageId}.conf`, languageId, 0, text), languageId);
  if (file === undefined) throw new Error(languageId);
  return file;
};

const withRules = (rules: string | undefined): Context => {
  if (rules === undefined) return defaultContext;
  const others = groupFileOf(opened('cgrules', rules), 'cgrules.conf', '3.2');
  return {
    ...defaultContext,
    groups: { name: 'cgconfig.conf', others: others === undefined ? [] : [others], isComplete: true },
  };
};

/** A cgconfig.conf, and the rules that go with it, for cgroup v2. */
export const forV2 = (text: string, rules?: string): TextForV2 => {
  const result = migrateToV2(opened('cgconfig', text), withRules(rules));
  if (result?.kind !== 'v2') throw new Error(result?.text);
  return result;
};

export const rulesForV2 = (text: string): TextForV2 => {
  const result = migrateToV2(opened('cgrules', text), defaultContext);
  if (result?.kind !== 'v2') throw new Error(result?.text);
  return result;
};

/** The settings alone that the blocks of one group become, without layout and comments. */
export const settingsForV2 = (settings: string): string => {
  const { text } = forV2(`group web {\n${settings}\n}\n`);
  return text
    .split('\n')
    .slice(1, -2)
    .filter((line) => !/^\s*#/u.test(line))
    .map((line) => line.trim())
    .join('\n')
    .trim();
};

export const forSystemd = (text: string, rules?: string, context: Partial<Context> = {}): MigratedFiles => {
  const result = migrateToSystemd(opened('cgconfig', text), { ...withRules(rules), ...context });
  if (result?.kind !== 'systemd') throw new Error(result?.text);
  return result;
};

/** The lines of a unit for the blocks of a group, without sections and comments. */
export const unitLines = (settings: string, context: Partial<Context> = {}): readonly string[] =>
  forSystemd(`group web { ${settings} }`, undefined, context)
    .files.flatMap(({ text }) => text.split('\n'))
    .filter((line) => /^[A-Z].*=/u.test(line) && !line.startsWith('Description='));
