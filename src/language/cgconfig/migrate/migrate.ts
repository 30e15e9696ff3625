import { applyChanges } from '../../applyChanges.ts';
import { fieldsOf } from '../../cgrules/fields.ts';
import type { Context } from '../../context.ts';
import { defaultContext } from '../../context.ts';
import type { ConfigDocument } from '../../document.ts';
import type { LanguageId } from '../../fileType.ts';
import { parametersNamed, versionOnly } from '../parameters.ts';
import { checkCgconfigSyntax } from '../syntaxRules.ts';
import type { MigrationNote } from './migrationNote.ts';
import { rulesToV2 } from './rulesToV2.ts';
import type { SystemdMigration } from './systemdMigration.ts';
import { systemdText } from './systemdText.ts';
import { toSystemd } from './toSystemd.ts';
import type { SystemdOptions } from './toSystemd.ts';
import { toV2 } from './toV2.ts';

/** A text with what was read in it. */
export interface Read {
  readonly languageId: LanguageId;
  readonly document: ConfigDocument;
  readonly text: string;
}

/** Why a file cannot be migrated: nobody knows what is meant behind a mistake. */
export interface Refused {
  readonly kind: 'refused';
  readonly line: number;
  readonly text: string;
}

export interface TextForV2 {
  readonly kind: 'v2';
  readonly text: string;
  readonly notes: readonly MigrationNote[];
  /** All of it is for cgroup v2 already. */
  readonly isSame: boolean;
}

export interface UnitsForSystemd extends SystemdMigration {
  readonly kind: 'systemd';
  /** All of it as one text to look at. */
  readonly text: string;
}

/** Lines of a cgrules.conf stand for themselves, so one that cannot be read is no reason to refuse the others. */
const refusalOf = ({ languageId, document, text }: Read): Refused | undefined => {
  if (languageId !== 'cgconfig') return undefined;
  // What one version alone refuses, as a block systemd before 3.1, is no reason not to go on.
  const findings = checkCgconfigSyntax(document, text, defaultContext.libcgroupVersion);
  const first = findings.find(({ effect }) => effect === 'file-refused');
  if (first !== undefined) return { kind: 'refused', line: first.line, text: first.message };
  const mistake = document.mistakes.find(({ rule }) => rule !== 'systemd-block');
  return mistake === undefined
    ? undefined
    : { kind: 'refused', line: mistake.line, text: 'libcgroup does not read the file beyond this.' };
};

const targetsOf = ({ document, text }: Read, context: Context): readonly string[] =>
  document.loose.flatMap((entry) => fieldsOf(text, entry, context.libcgroupVersion).destination?.text ?? []);

/**
 * The text of a cgconfig.conf or a cgrules.conf for cgroup v2. `rules` is the cgrules.conf that goes with a cgconfig.conf, and
 * tells which groups get processes.
 */
export const migrateToV2 = (file: Read, context: Context, rules?: Read): TextForV2 | Refused => {
  const refusal = refusalOf(file);
  if (refusal !== undefined) return refusal;
  const { document, text } = file;
  const { changes, notes } =
    file.languageId === 'cgrules'
      ? rulesToV2(document, text, context.libcgroupVersion)
      : toV2(document, text, rules === undefined ? [] : targetsOf(rules, context));
  return { kind: 'v2', text: applyChanges(text, changes), notes, isSame: changes.length === 0 };
};

/** What systemd does in place of the groups of a cgconfig.conf and the rules that go with it. */
export const migrateToSystemd = (
  file: Read,
  context: Context,
  more: Pick<SystemdOptions, 'rules' | 'uidOf'> = {},
): UnitsForSystemd | Refused => {
  const refusal = refusalOf(file);
  if (refusal !== undefined) return refusal;
  const { systemdVersion, libcgroupVersion } = context;
  const migration = toSystemd(file.document, { systemdVersion, libcgroupVersion, ...more });
  return { kind: 'systemd', ...migration, text: systemdText(migration) };
};

const oldBlocks: ReadonlySet<string> = new Set(['blkio', 'cpuacct', 'devices', 'freezer', 'net_cls', 'net_prio']);

/** Whether anything in a cgconfig.conf is for cgroup v1 alone. */
export const isForV1 = ({ sections }: ConfigDocument): boolean =>
  sections.some(
    ({ keyword, sections: blocks }) =>
      keyword === 'mount' ||
      blocks.some(
        ({ name, entries }) =>
          oldBlocks.has(name) ||
          name.startsWith('name=') ||
          entries.some(({ key }) => versionOnly(parametersNamed(key)) === 1),
      ),
  );
