import * as l10n from '@vscode/l10n';
import type { LibcgroupVersion } from '../context.ts';
import type { Entry, Section, Span } from '../document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { found } from '../found.ts';
import { isLongerThan, longestValue, mostControllers, tooMany, valueTooLong } from './groupRules.ts';

const namesTooLong: RuleInfo = {
  id: 'mount-names-too-long',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('The controllers of one mount fit into the buffer of libcgroup'),
};
const firstOnly: RuleInfo = {
  id: 'mount-first-controller-only',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('Before libcgroup 3.2 a place has one controller mounted'),
};

export const mountRules: readonly RuleInfo[] = [namesTooLong, firstOnly];

/** CONTROL_NAMELEN_MAX of libcgroup-internal.h without the NUL behind. */
const longestMountNames = 31;

const keySpan = ({ keyStart: start, keyEnd: end }: Entry): Span => ({ start, end });

/** Since 3.0 cgroup_config_insert_into_mount_table() joins the names in a buffer that it does not measure. */
const checkNames = (mounts: readonly Entry[]): readonly Finding[] => {
  const named = new Map<string, string>();
  return mounts.flatMap((entry) => {
    const before = named.get(entry.value);
    const names = before === undefined ? entry.key : `${before},${entry.key}`;
    named.set(entry.value, names);
    if (before === undefined || before.length > longestMountNames || names.length <= longestMountNames) return [];
    const message = l10n.t`The controllers on ${entry.value} have more than ${longestMountNames} characters with their commas: libcgroup 3 writes past its buffer, and mostly crashes before it has read the file.`;
    return [found(namesTooLong, keySpan(entry), entry.line, message)];
  });
};

/** Options of a mount, and a name of a hierarchy, are no controllers (cgroup_config_ajdust_mount_options() of config.c). */
const isController = (name: string): boolean => !/^(?:no(?:dev|exec|suid)|name=)/u.test(name);

/** 2.0.2 and 3.1 go through the names with strtok_r() and write the first one back; 3.2 puts the others behind it. */
const checkFirst = (mounts: readonly Entry[]): readonly Finding[] => {
  const first = new Map<string, string>();
  return mounts.flatMap((entry) => {
    const controllers = entry.key.split(',').filter((name) => name !== '' && isController(name));
    const [own, second] = controllers;
    const there = first.get(entry.value);
    if (own !== undefined && there === undefined) first.set(entry.value, own);
    const lost = there === undefined ? second : own;
    if (lost === undefined) return [];
    const message = l10n.t`Before libcgroup 3.2 only the first controller of a place is mounted, without a word: ${lost} is not mounted on ${entry.value}, where ${there ?? own ?? ''} is. Give it a place of its own.`;
    return [found(firstOnly, keySpan(entry), entry.line, message)];
  });
};

/** Places that are full: one of `mount` for each path, one of `namespace` for each line. */
const checkNumber = (entries: readonly Entry[], placeOf: (entry: Entry) => unknown): readonly Finding[] => {
  const places = new Set<unknown>();
  const excess = entries.find((entry) => {
    if (places.size >= mostControllers) return true;
    places.add(placeOf(entry));
    return false;
  });
  if (excess === undefined) return [];
  const message = l10n.t`More than ${mostControllers} entries of mount or namespace refuse the whole file.`;
  return [found(tooMany, keySpan(excess), excess.line, message)];
};

/** 2.0.2 copies both words into buffers of 4,096 bytes that it does not measure, and is ended for it. */
const checkLength = (entries: readonly Entry[]): readonly Finding[] =>
  entries
    .filter(({ key, value }) => isLongerThan(key, longestValue) || isLongerThan(value, longestValue))
    .map((entry) => {
      const message = l10n.t`A name or a path of 4096 bytes or more ends libcgroup 2.0.2 before it has read the file.`;
      return found(valueTooLong, keySpan(entry), entry.line, message);
    });

/** What of mounts and namespaces does not fit into libcgroup's tables (config.c). */
export const checkMountTables = (sections: readonly Section[], version: LibcgroupVersion): readonly Finding[] => {
  const entriesOf = (keyword: string): readonly Entry[] =>
    sections.filter((section) => section.keyword === keyword).flatMap(({ entries }) => entries);
  const [mounts, namespaces] = [entriesOf('mount'), entriesOf('namespace')];
  return [
    ...(version === '2.0.2' ? checkLength([...mounts, ...namespaces]) : checkNames(mounts)),
    ...(version === '3.2' ? [] : checkFirst(mounts)),
    ...checkNumber(mounts, ({ value }) => value),
    ...checkNumber(namespaces, (entry) => entry),
  ];
};
