import * as l10n from '@vscode/l10n';
import { applyChanges } from '../../applyChanges.ts';
import { fieldsOf } from '../../cgrules/fields.ts';
import { parseCgrules } from '../../cgrules/parse.ts';
import { type Context, defaultContext } from '../../context.ts';
import type { SourceFile } from '../../fileType.ts';
import { isTooLong, tooLongMessage } from '../../limits.ts';
import { firstRefusal } from '../syntaxRules.ts';
import { groupPath } from '../../cgroups/groupPath.ts';
import { migrationText } from './migrationText.ts';
import { rulesToV2 } from './rulesToV2.ts';
import type { Refused, TextForV2, MigratedFiles } from '../../../protocol/migration.ts';
import { type Rules, toSystemd } from './toSystemd.ts';
import { toV2 } from './toV2.ts';

/** A text that is too long is not read. Lines of a cgrules.conf stand for themselves, so one that cannot be read is no reason to refuse the others. */
const refusalOf = ({ type, document, textDocument }: SourceFile): Refused | undefined => {
  const text = textDocument.getText();
  if (isTooLong(text)) return { kind: 'refused', line: 1, text: tooLongMessage(text) };
  if (type.languageId !== 'cgconfig') return undefined;
  // What one version alone refuses, as a block systemd before 3.1, is no reason not to go on.
  const first = firstRefusal(document, text, defaultContext.libcgroupVersion);
  if (first !== undefined) return { kind: 'refused', line: first.line, text: first.message };
  const mistake = document.mistakes.find(({ rule }) => rule !== 'systemd-block');
  return mistake === undefined
    ? undefined
    : { kind: 'refused', line: mistake.line, text: l10n.t('libcgroup does not read the file beyond this.') };
};

const rulesBeside = ({ groups }: Context): readonly Rules[] =>
  (groups?.others ?? []).flatMap(({ languageId, name, textDocument }) => {
    if (languageId !== 'cgrules') return [];
    const text = textDocument.getText();
    return [{ name, text, document: parseCgrules(text) }];
  });

const targetsOf = (context: Context): readonly string[] =>
  rulesBeside(context).flatMap(({ document, text }) =>
    document.loose.flatMap((entry) => fieldsOf(text, entry, context.libcgroupVersion).destination?.text ?? []),
  );

/** The text of a cgconfig.conf or a cgrules.conf for cgroup v2; undefined for other files. */
export const migrateToV2 = (file: SourceFile, context: Context): TextForV2 | Refused | undefined => {
  const { document, type } = file;
  if (type.languageId === 'nspawn') return undefined;
  const refusal = refusalOf(file);
  if (refusal !== undefined) return refusal;
  const text = file.textDocument.getText();
  const { changes, notes } =
    type.languageId === 'cgrules'
      ? rulesToV2(document, text, context.libcgroupVersion)
      : toV2(document, text, targetsOf(context));
  return { kind: 'v2', text: applyChanges(text, changes), notes, isSame: changes.length === 0 };
};

/** What systemd does in place of the groups of a cgconfig.conf and the rules that go with it; undefined for other files. */
export const migrateToSystemd = (file: SourceFile, context: Context): MigratedFiles | Refused | undefined => {
  if (file.type.languageId !== 'cgconfig') return undefined;
  const refusal = refusalOf(file);
  if (refusal !== undefined) return refusal;
  const { systemdVersion, libcgroupVersion, groups, host } = context;
  const elsewhere = new Set((groups?.others ?? []).flatMap(({ blocks }) => blocks.map(({ name }) => groupPath(name))));
  const migration = toSystemd(file.document, {
    systemdVersion,
    libcgroupVersion,
    rules: rulesBeside(context),
    isElsewhere: (destination) => elsewhere.has(groupPath(destination)),
    uidOf: (user) => host?.users.find(({ name }) => name === user)?.id,
  });
  return { kind: 'systemd', ...migration, text: migrationText(migration, 'cgconfig.conf') };
};
