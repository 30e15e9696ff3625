import * as l10n from '@vscode/l10n';
import type { Entry, Section } from '../../document.ts';
import { parametersNamed } from '../parameters.ts';
import { convertParameter } from './convertParameter.ts';
import { merges } from './mergedParameters.ts';
import { info, warning } from './migrationNote.ts';
import { successorOf } from './successor.ts';
import type { LostSetting, V2Setting } from './v2Setting.ts';

/** What a group or a template of v1 is in v2. */
export interface ConvertedGroup {
  /** In the order of the text. */
  readonly settings: readonly V2Setting[];
  readonly lost: readonly LostSetting[];
}

export const controllerBlocksOf = (group: Section): readonly Section[] =>
  group.sections.filter(({ keyword }) => keyword === 'controller');

/** Names that mean the root of a hierarchy; those files are not in it that limit a group. */
export const isRootGroup = (name: string): boolean => name.replace(/[./]/gu, '') === '';

const keep = (controller: string, entry: Entry): V2Setting => ({
  controller,
  key: entry.key,
  value: entry.value,
  from: [entry],
  remarks: [],
});

const convertOne = (block: Section, entry: Entry, isInRoot: boolean): V2Setting | LostSetting => {
  const parameters = parametersNamed(entry.key);
  const [old] = parameters;
  const modern = parameters.find(({ version }) => version === 2);
  const successor = successorOf(block.name);
  const lost = (remark: LostSetting['remark']): LostSetting => ({ entry, remark });
  if (modern !== undefined) {
    if (isInRoot && modern.scope === 'nonRoot')
      return lost(warning(l10n.t`The root of cgroup v2 has no ${entry.key}.`));
    if (modern.access === 'read') return lost(info(l10n.t`${entry.key} can only be read.`));
    return keep(modern.controller, entry);
  }
  if (old === undefined) return 'none' in successor ? lost(successor.none) : keep(successor.controller, entry);
  const converted = convertParameter(old, entry.key, entry.value);
  if (converted.kind === 'lost') return lost(converted.remark);
  const [target] = parametersNamed(converted.key);
  if (isInRoot && target?.scope === 'nonRoot')
    return lost(warning(l10n.t`The root of cgroup v2 has no ${converted.key}.`));
  const { key, value, remarks } = converted;
  return { controller: target?.controller ?? block.name, key, value, from: [entry], remarks };
};

const isLostSetting = (one: V2Setting | LostSetting): one is LostSetting => 'entry' in one;

const mergeFault = ({ key, value }: V2Setting, isInRoot: boolean): string | undefined => {
  if (isInRoot) return l10n.t`The root of cgroup v2 has no ${key}.`;
  return value === '' ? l10n.t('This is no MAJOR:MINOR with a number behind it.') : undefined;
};

/** Turns the parameters of v1 in a group to those of v2; what is of v2 already stays as it is. */
export const convertGroup = (group: Section): ConvertedGroup => {
  const blocks = controllerBlocksOf(group);
  const isInRoot = isRootGroup(group.name);
  const byKey = new Map(blocks.flatMap(({ entries }) => entries.map((entry) => [entry.key, entry] as const)));
  const merged = new Set<string>();
  const results: (V2Setting | LostSetting)[] = [];
  for (const { keys, merge } of merges) {
    const result = merge(byKey);
    if (result === undefined) continue;
    for (const key of keys) merged.add(key);
    const why = isLostSetting(result) ? undefined : mergeFault(result, isInRoot);
    if (why === undefined || isLostSetting(result)) results.push(result);
    else results.push(...result.from.map((entry) => ({ entry, remark: warning(why) })));
  }
  for (const block of blocks)
    for (const entry of block.entries) if (!merged.has(entry.key)) results.push(convertOne(block, entry, isInRoot));

  const settings: V2Setting[] = [];
  const lost: LostSetting[] = results.filter(isLostSetting);
  const converted = results.filter((one): one is V2Setting => !isLostSetting(one));
  // What was written for v2 is what was meant for v2; else the later one counts, as the kernel gets both in turn.
  const isModern = (one: V2Setting): boolean => one.key === one.from[0].key;
  const counting = new Map<string, V2Setting>();
  for (const one of converted) {
    const other = counting.get(one.key);
    const gives =
      other !== undefined &&
      (isModern(one) === isModern(other) ? other.from[0].start > one.from[0].start : isModern(other));
    if (!gives) counting.set(one.key, one);
  }
  for (const one of converted) {
    if (counting.get(one.key) === one) settings.push(one);
    else lost.push(...one.from.map((entry) => ({ entry, remark: warning(l10n.t`${one.key} is set already.`) })));
  }
  return { settings: settings.sort((a, b) => a.from[0].start - b.from[0].start), lost };
};
