import type { MigratedFiles, Refused } from '../../protocol/migration.ts';
import { migrationText } from '../cgconfig/migrate/migrationText.ts';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';
import { isTooLong, tooLongMessage } from '../limits.ts';
import { checkLxc } from '../lxc/check.ts';
import { judgeNspawn } from '../nspawn/check.ts';
import { machineNameFrom } from './machineName.ts';
import { toLxc } from './toLxc.ts';
import { toNspawn } from './toNspawn.ts';

const tooLong = (text: string): Refused => ({ kind: 'refused', line: 1, text: tooLongMessage(text) });

const partsOf = (path: string | undefined): readonly string[] => path?.split('/').filter((part) => part !== '') ?? [];

/** `NAME/config` tells the name of a container, and what is above tells where containers are. */
const containerAt = (path: string | undefined): { readonly name: string; readonly above?: string } => {
  const parts = partsOf(path);
  if (parts.at(-1) !== 'config' || parts.length < 3) return { name: 'NAME' };
  return { name: parts.at(-2) ?? 'NAME', above: `/${parts.slice(0, -2).join('/')}` };
};

/** What a container of LXC is for systemd-nspawn; undefined for other files. `path` is where its configuration is. */
export const migrateToNspawn = (
  { type, document, textDocument }: SourceFile,
  context: Context,
  path: string | undefined,
): MigratedFiles | Refused | undefined => {
  if (type.languageId !== 'lxc') return undefined;
  const text = textDocument.getText();
  if (isTooLong(text)) return tooLong(text);
  const refused = checkLxc(document, text, context).find(({ effect }) => effect === 'file-refused');
  if (refused !== undefined) return { kind: 'refused', line: refused.line, text: refused.message };
  const container = containerAt(path);
  const migration = toNspawn(document, context, container, machineNameFrom(container.name) ?? 'NAME');
  return { kind: 'nspawn', ...migration, text: migrationText(migration, 'config') };
};

/** What a machine of systemd-nspawn is for LXC; undefined for other files. `path` is where its settings are. */
export const migrateToLxc = (
  { type, document, textDocument }: SourceFile,
  context: Context,
  path: string | undefined,
): MigratedFiles | Refused | undefined => {
  if (type.languageId !== 'nspawn') return undefined;
  const text = textDocument.getText();
  if (isTooLong(text)) return tooLong(text);
  const judgement = judgeNspawn(document, text, context);
  if (judgement.isRefused) {
    const refused = judgement.findings.find(({ effect }) => effect === 'file-refused');
    return { kind: 'refused', line: refused?.line ?? 1, text: refused?.message ?? '' };
  }
  const file = partsOf(path).at(-1) ?? '';
  const name = machineNameFrom(file.replace(/\.nspawn$/u, '')) ?? 'NAME';
  const migration = toLxc(judgement, context, name);
  return { kind: 'lxc', ...migration, text: migrationText(migration, `${name}.nspawn`) };
};
