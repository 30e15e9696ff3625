/** Builds valueSets.json: lists from the newest version; what has come since 239 from the older ones too. */
import { parseArchitectures, parseNativeArchitectures } from './architectures.ts';
import { parseCapabilities, parseDefaultCapabilities } from './capabilities.ts';
import { functionBody, indexedStrings, SourceProblem, tableBody } from './cText.ts';
import { datedWords } from './datedWords.ts';
import {
  bindOptions as bindOptionHistory,
  defaultSyscalls as defaultHistory,
  syscallGroups as groupHistory,
} from './history.ts';
import { addressFamilies, signalNumbers } from './libcNames.ts';
import { parseDefaultSyscalls, parseSyscallGroups, parseSyscalls } from './systemCalls.ts';
import { parseSizeUnits, parseTimeUnits } from './units.ts';
import type { ValueSets } from '../types.ts';
import type { SystemdSource } from './systemdSource.ts';

/** The options that parse_mount_bind_options() compares with; `text` is nspawn-mount.c without comments. */
export const parseBindOptions = (text: string): readonly string[] => {
  const body = functionBody(text, 'parse_mount_bind_options');
  const names = [...(body ?? '').matchAll(/streq\(word, "(\w+)"\)/gu)].map(([, name = '']) => name);
  if (names.length === 0) throw new SourceProblem('there is no parse_mount_bind_options() with options any more');
  return names;
};

/** What counts without an option; `idmapping` and the recursive flag begin with these in mount_bind(). */
const defaultBindOptions: readonly string[] = ['noidmap', 'rbind'];

const parseSignals = (text: string): ValueSets['signals'] => {
  const names = [...indexedStrings(tableBody(text, 'static_signal_table')).values()].map((name) => `SIG${name}`);
  const signals = names.map((name) => {
    const number = signalNumbers[name];
    if (number === undefined) throw new SourceProblem(`${name} has no number in libcNames.ts`);
    return { name, number };
  });
  return signals.sort((one, other) => one.number - other.number);
};

/** @throws SourceProblem when systemd names a family that the list does not have */
const checkFamilies = (source: SystemdSource): readonly string[] => {
  for (const file of [
    'src/basic/socket-util.c',
    'src/shared/seccomp-util.c',
    'src/core/execute.c',
    'src/nspawn/nspawn.c',
  ])
    for (const [family] of source.readC(file).matchAll(/\bAF_(?!UNSPEC\b|MAX\b)[A-Z0-9]+\b/gu))
      if (!addressFamilies.includes(family))
        throw new SourceProblem(`${file} names ${family}, which libcNames.ts does not have`);
  return addressFamilies;
};

/** @throws SourceProblem on whatever it does not know */
export const buildValueSets = (sources: readonly SystemdSource[]): ValueSets => {
  const versions = [...sources].sort((one, other) => one.version - other.version);
  const newest = versions.at(-1);
  if (newest === undefined) throw new SourceProblem('no version was read');
  const groupsOf = (source: SystemdSource): ReturnType<typeof parseSyscallGroups> =>
    parseSyscallGroups(source.readC('src/shared/seccomp-util.c'));
  const groups = groupsOf(newest);
  const syscalls = parseSyscalls(
    newest.read('src/include/override/sys/syscall-list.txt', 'src/basic/syscall-list.txt'),
  );
  const known = new Set([...syscalls, ...groups.map(({ name }) => name), ...groups.flatMap(({ members }) => members)]);
  const defaults = versions.map((source) => ({
    version: source.version,
    rows: parseDefaultSyscalls(source.readC('src/nspawn/nspawn-seccomp.c')),
  }));
  const [stray] = (defaults.at(-1)?.rows ?? []).filter(({ item }) => !known.has(item));
  if (stray !== undefined)
    throw new SourceProblem(`nspawn-seccomp.c allows ${stray.item}, which is no system call and no group`);
  const datedGroups = datedWords(
    'the groups of system calls',
    versions.map((source) => ({ version: source.version, words: groupsOf(source).map(({ name }) => name) })),
    groupHistory,
  );
  const datedDefaults = datedWords(
    'what nspawn-seccomp.c allows',
    defaults.map(({ version, rows }) => ({ version, words: rows.map(({ item }) => item) })),
    defaultHistory,
  );
  const bindOptions = datedWords(
    'Bind=',
    versions.map((source) => ({
      version: source.version,
      words: parseBindOptions(source.readC('src/nspawn/nspawn-mount.c')),
    })),
    bindOptionHistory,
  );
  const architectures = parseArchitectures(newest.readC('src/basic/architecture.c'));
  return {
    project: 'systemd',
    versions: versions.map(({ version }) => version),
    capabilities: parseCapabilities(newest.readC('src/include/uapi/linux/capability.h')),
    defaultCapabilities: parseDefaultCapabilities(newest.readC('src/nspawn/nspawn.c')),
    syscalls,
    syscallGroups: datedGroups.flatMap(({ name, since }) =>
      groups
        .filter((group) => group.name === name)
        .map(({ members }) => ({ name, ...(since === undefined ? {} : { since }), members })),
    ),
    defaultSyscalls: datedDefaults.flatMap(({ name, ...dates }) => {
      const row = defaults.flatMap(({ rows }) => rows).findLast(({ item }) => item === name);
      return row === undefined ? [] : [{ ...row, ...dates }];
    }),
    signals: parseSignals(newest.readC('src/basic/signal-util.c')),
    addressFamilies: checkFamilies(newest),
    architectures: [...architectures.values()].sort(),
    nativeArchitectures: parseNativeArchitectures(newest.readC('src/basic/architecture.h'), architectures),
    bindOptions: bindOptions.map(({ name, since }) => ({
      name,
      ...(since === undefined ? {} : { since }),
      ...(defaultBindOptions.includes(name) ? { default: true as const } : {}),
    })),
    timeUnits: parseTimeUnits(newest.readC('src/basic/time-util.c')),
    sizeUnits: parseSizeUnits(newest.readC('src/basic/parse-util.c')),
  };
};
