import { constants } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { boundedReads, NoAnswer } from '../../host/boundedReads.ts';
import { nspawnDirectories } from '../nspawnFile.ts';
import type { ProcessFacts } from '../../host/process.ts';
import { ageOf, readProcess } from '../../host/process.ts';
import type { CommandLine, Told } from './commandLine.ts';
import { parseCommandLine } from './commandLine.ts';
import type { FilterSettings } from './confinement.ts';
import type { Doubt } from '../../entry.ts';
import { codeOf } from '../../errors.ts';

/** What a machine was started with, as far as it can be seen from outside. */
export interface StartedWith extends FilterSettings {
  /** What cannot be known and may hold the machine tighter than a shell. */
  readonly doubts: readonly Doubt[];
  /** Files that only root may look for, and that may have such settings. */
  readonly hidden: readonly string[];
}

/** Lines of the section [Exec] as systemd reads them: continued behind a backslash, also across comments. */
export const readFilterLines = (text: string): Told => {
  const lines = { filter: [] as string[], families: [] as string[] };
  const state = { section: '', continued: '' };
  for (const raw of text.split(/\r?\n/u)) {
    const line = raw.trim();
    if (/^[#;]/u.test(line)) continue;
    const whole = state.continued + line;
    state.continued = whole.endsWith('\\') ? `${whole.slice(0, -1)} ` : '';
    if (state.continued !== '') continue;
    const section = /^\[(.*)\]$/u.exec(whole)?.[1];
    state.section = section ?? state.section;
    const [, key, value = ''] = /^([^=]*?)\s*=\s*(.*)$/u.exec(whole) ?? [];
    if (state.section !== 'Exec') continue;
    if (key === 'SystemCallFilter') lines.filter.push(value);
    if (key === 'RestrictAddressFamilies' && value !== '') lines.families.push(value);
  }
  return lines;
};

const items = (lines: readonly string[], forbidden: boolean): readonly string[] =>
  lines
    .filter((line) => line.startsWith('~') === forbidden)
    .flatMap((line) => line.replace(/^~/u, '').split(/\s+/u))
    .map((item) => item.replaceAll(/["']/gu, ''))
    .filter((item) => item !== '');

interface SettingsFile extends Told {
  readonly path: string;
  readonly changed: number;
}

const maxBytes = 1_048_576;

const readSettings = async (path: string): Promise<SettingsFile | undefined> => {
  const found = await stat(path);
  if (!found.isFile()) return undefined;
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
    return { path, changed: found.ctimeMs, ...readFilterLines(buffer.toString('utf8', 0, bytesRead)) };
  } finally {
    await file.close();
  }
};

/** A settings file; `hidden` where this user may not tell; `silent` where nobody can; undefined where there is none. */
const readSettingsFile = async (path: string): Promise<SettingsFile | 'hidden' | 'silent' | undefined> => {
  try {
    return await boundedReads(() => readSettings(path));
  } catch (error) {
    if (error instanceof NoAnswer) return 'silent';
    return ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '') ? undefined : 'hidden';
  }
};

const changeOf = async (path: string): Promise<number | 'silent'> => {
  try {
    return (await boundedReads(() => stat(path))).ctimeMs;
  } catch (error) {
    return error instanceof NoAnswer ? 'silent' : 0;
  }
};

/** systemd-nspawn itself makes directories in the other one, /run/systemd/nspawn. */
const ofAdministrator = '/etc/systemd/nspawn';

/** Start times of processes and changes of files are counted by different clocks. */
const toleranceMs = 50;

interface Place {
  readonly name: string;
  /** Directories of the image and of the root, where they are known. */
  readonly beside: readonly string[];
}

const settingsOf = async (supervisor: ProcessFacts, line: CommandLine, place: Place): Promise<StartedWith> => {
  const began = Date.now() - (await ageOf(supervisor)) + toleranceMs;
  // Without a name it goes by that of its tree; an ephemeral one has a random suffix that its settings have not.
  const names =
    line.machine === undefined ? [place.name, ...line.trees.map((tree) => basename(tree, '.raw'))] : [place.name];
  const fileNames = [...new Set(names)].map((name) => `${name}.nspawn`);
  const trees = new Set([...place.beside, ...line.trees.map((tree) => dirname(tree))]);
  const [trusted, untrusted] = await Promise.all(
    [nspawnDirectories, [...trees].filter((tree) => tree.startsWith('/'))].map((directories) =>
      Promise.all(
        directories.flatMap((directory) =>
          fileNames.map(async (name) => ({
            path: join(directory, name),
            file: await readSettingsFile(join(directory, name)),
          })),
        ),
      ),
    ),
  );
  const all = [...(trusted ?? []), ...(untrusted ?? [])];
  const files = all.flatMap(({ file }) => (typeof file === 'object' ? file : []));
  const first = trusted?.flatMap(({ file }) => (typeof file === 'object' ? file : []))[0];
  const changed = files.filter((file) => file.changed > began);
  const change = first === undefined ? await changeOf(ofAdministrator) : 0;
  const silent = [
    ...all.flatMap(({ path, file }) => (file === 'silent' ? path : [])),
    ...(change === 'silent' ? [ofAdministrator] : []),
  ];
  const override = line.mode === 'override';
  const inForce = (own: readonly string[], ofFile: readonly string[]): readonly string[] =>
    ofFile.length > 0 && (override || own.length === 0) ? ofFile : own;
  return {
    allowed: items(inForce(line.filter, first?.filter ?? []), false),
    // What any of them forbids: a shell that may do less than the machine does no harm.
    forbidden: items([...line.filter, ...files.flatMap(({ filter }) => filter)], true),
    families: inForce(line.families, (first ?? files[0])?.families ?? []),
    doubts: [
      ...line.doubts,
      ...changed.map(({ path }) => ({ kind: 'fileChanged', path }) as const),
      ...silent.map((path) => ({ kind: 'fileSilent', path }) as const),
      ...(change !== 'silent' && change > began ? [{ kind: 'filesCameOrWent', path: ofAdministrator } as const] : []),
    ],
    hidden: all.flatMap(({ path, file }) => (file === 'hidden' ? path : [])),
  };
};

const nothing: StartedWith = { allowed: [], forbidden: [], families: [], doubts: [], hidden: [] };

/** More filters than the host's own processes have: the unit brings some, and nobody can tell which. */
const filteredByUnit = (supervisor: ProcessFacts, host: ProcessFacts | undefined): boolean =>
  supervisor.filtered && (supervisor.filters ?? 1) > (host?.filters ?? 0);

/** What a machine was started with, from the systemd-nspawn that is the parent of its init. */
export const findStartedWith = async (leader: ProcessFacts, place: Place): Promise<StartedWith> => {
  const supervisor = await readProcess(leader.parent);
  const line = await readFile(`/proc/${leader.parent}/cmdline`, 'utf8').catch(() => '');
  if (supervisor?.comm !== 'systemd-nspawn' || line === '') {
    return { ...nothing, doubts: [{ kind: 'otherParent' }] };
  }
  const read = parseCommandLine(line);
  const unitFilters = filteredByUnit(supervisor, await readProcess(1)) ? [{ kind: 'unitFilters' } as const] : [];
  const usesFiles = !/^(?:no|n|false|f|off|0)$/iu.test(read.mode);
  const settings = usesFiles
    ? await settingsOf(supervisor, read, place)
    : {
        ...nothing,
        allowed: items(read.filter, false),
        forbidden: items(read.filter, true),
        families: read.families,
        doubts: read.doubts,
      };
  return { ...settings, doubts: [...settings.doubts, ...unitFilters] };
};
