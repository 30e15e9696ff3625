import { readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import manifest from '../../package.json' with { type: 'json' };
import type { readIncludedNow } from '../hostFacts/includedFiles.ts';
import type { HostLook } from '../hostFacts/namedOnHost.ts';
import { decodeUtf8 } from '../hostFacts/readText.ts';
import { placeOf } from '../hostFacts/place.ts';
import { defaultContext } from '../language/context.ts';
import type { GroupSet } from '../language/cgroups/groupSet.ts';
import type { Context, Host } from '../language/context.ts';
import type { FileType, LanguageId, SourceFile } from '../language/fileType.ts';
import { gatherIncludes, type Included } from '../language/includes.ts';
import type { NamedOnHost } from '../language/namedOnHost.ts';
import { languageIds, languageOfPath, languageOfText } from '../language/languageOfPath.ts';
import type { applyFixes } from './applyFixes.ts';
import { collectFiles } from './collectFiles.ts';
import type { createGroupsBeside } from './groupsBeside.ts';
import { formatFindings } from './formatFindings.ts';
import { contextOnHost, lintFile, openText } from './lintFile.ts';
import type { migrateText } from './migrateText.ts';
import { help, readArguments, UsageError } from './options.ts';
import type { LintOptions, MigrationTarget } from './options.ts';
import { isSerious } from './report.ts';
import type { ReportedFinding } from './report.ts';
import { explainRule, listRules, rulesOf } from './rules.ts';

export interface LintProcess {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** All of standard input. */
  readonly readInput: () => Uint8Array;
  /** Where the pages of the rules are. */
  readonly pages: string;
  /** What the host has that this runs on, where it is asked for. */
  readonly readHost: () => Host | undefined;
  /** Whether the host has what a file names of it, where that is asked for. */
  readonly lookAtHost: (look: HostLook) => NamedOnHost;
  /** What lies at paths that a file includes, where the host is asked for. */
  readonly readIncluded?: typeof readIncludedNow;
  /** Those that the arguments may need: what is not needed is not loaded, as that takes longer than to judge a file. */
  readonly types: readonly FileType[];
  /** Loaded for the types that libcgroup reads several files of together. */
  readonly createGroupsBeside?: typeof createGroupsBeside;
  /** Loaded for --fix alone. */
  readonly applyFixes?: typeof applyFixes;
  /** Loaded for --migrate alone. */
  readonly migrateText?: typeof migrateText;
}

export type ExitCode = 0 | 1 | 2;

/** Why one file could not be judged, as a sentence. */
class Unjudged extends Error {}

const reasonOf = (error: unknown): string => {
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'ENOENT') return l10n.t('There is no such file or directory.');
    if (error.code === 'EACCES') return l10n.t('This user may not read it.');
    if (error.code === 'EISDIR') return l10n.t('It is a directory.');
  }
  return error instanceof Error ? error.message : String(error);
};

const nameOf = (file: string, options: LintOptions): string =>
  file === '-' ? (options.stdinName ?? 'standard input') : file;

const languageOf = (file: string, options: LintOptions, text: string): LanguageId => {
  if (options.language !== undefined) return options.language;
  const path = file === '-' ? options.stdinName : file;
  const language = path === undefined ? 'nspawn' : (languageOfPath(path) ?? languageOfText(text, path));
  if (language !== undefined) return language;
  throw new Unjudged(
    l10n.t`The name ${JSON.stringify(basename(path ?? file))} does not tell what it is. Say it with --language and one of ${languageIds.join(', ')}.`,
  );
};

/** What all files of one run are judged by. */
interface Surroundings {
  readonly host: Host | undefined;
  readonly groupsBeside: ((path: string) => GroupSet | undefined) | undefined;
  /** What was read for one of them is not read again for another. */
  readonly included: Map<string, Included>;
}

const surroundingsOf = (options: LintOptions, { readHost, types, createGroupsBeside }: LintProcess): Surroundings => ({
  host: options.host ? readHost() : undefined,
  groupsBeside: createGroupsBeside?.(options.libcgroupVersion, types, options.fix),
  included: new Map(),
});

const contextOf = (file: string, options: LintOptions, { host, groupsBeside }: Surroundings): Context => {
  const path = file === '-' ? options.stdinName : file;
  const { systemdVersion, systemdRelease, libcgroupVersion, lxcVersion, trust } = options;
  const absolute = path === undefined ? undefined : resolve(path);
  const place = absolute === undefined ? defaultContext.place : placeOf(absolute, systemdVersion);
  const groups = absolute === undefined ? undefined : groupsBeside?.(absolute);
  return {
    ...defaultContext,
    systemdVersion,
    ...(systemdRelease === undefined ? {} : { systemdRelease }),
    libcgroupVersion,
    lxcVersion,
    place: trust === undefined ? place : { ...place, trust },
    ...(host === undefined ? {} : { host }),
    ...(groups === undefined ? {} : { groups }),
  };
};

/** The context with what a file includes; without the host that is only known of the file itself. */
const contextWithIncludes = (
  path: string | undefined,
  file: SourceFile,
  context: Context,
  known: Map<string, Included>,
  readIncluded: LintProcess['readIncluded'],
): Context => {
  if (file.type.includes === undefined) return context;
  const from = path === undefined ? {} : { from: resolve(path) };
  if (readIncluded === undefined) return { ...context, includes: { ...from, at: new Map() } };
  for (;;) {
    const { at, missing } = gatherIncludes(file, (one) => known.get(one));
    if (missing.length === 0) return { ...context, includes: { ...from, at } };
    for (const one of readIncluded(missing, file.type)) known.set(...one);
  }
};

interface Outcome {
  readonly findings: readonly ReportedFinding[];
  readonly fixedInput?: string;
}

const lintOne = (path: string, options: LintOptions, surroundings: Surroundings, process: LintProcess): Outcome => {
  const { readInput, lookAtHost, types, applyFixes } = process;
  const alone = contextOf(path, options, surroundings);
  const bytes = path === '-' ? readInput() : readFileSync(path);
  const text = decodeUtf8(bytes);
  const language = languageOf(path, options, text);
  const file = openText(text, language, types);
  if (file === undefined) return { findings: [] };
  const name = nameOf(path, options);
  const written = path === '-' ? options.stdinName : path;
  const together = contextWithIncludes(
    written,
    file,
    alone,
    surroundings.included,
    options.host ? process.readIncluded : undefined,
  );
  const context = options.host ? contextOnHost(name, file, together, lookAtHost) : together;
  if (!options.fix) return { findings: lintFile(name, file, context) };
  // What could not be decoded cannot be written back, so such a file stays as it is.
  const fixed = /[\ud800-\udfff]/u.test(text) ? text : (applyFixes?.(text, language, context, types) ?? text);
  const findings = lintFile(name, openText(fixed, language, types) ?? file, context);
  if (path === '-') return { findings, fixedInput: fixed };
  if (fixed !== text) writeFileSync(path, fixed);
  return { findings };
};

/** Runs it and returns what it returns; where it fails, the reason is said and undefined returned. */
const attempt = <Result>(name: string, { error }: LintProcess, action: () => Result): Result | undefined => {
  try {
    return action();
  } catch (reason) {
    error(`nspawn-lint: ${name}: ${reasonOf(reason)}\n`);
    return undefined;
  }
};

const migrate = (file: string, to: MigrationTarget, options: LintOptions, process: LintProcess): ExitCode => {
  const surroundings = surroundingsOf(options, process);
  const name = nameOf(file, options);
  const migrated = attempt(name, process, () => {
    const text = decodeUtf8(file === '-' ? process.readInput() : readFileSync(file));
    const opened = openText(text, languageOf(file, options, text), process.types);
    const path = file === '-' ? options.stdinName : file;
    const alone = contextOf(file, options, surroundings);
    const readIncluded = options.host ? process.readIncluded : undefined;
    const context = opened && contextWithIncludes(path, opened, alone, surroundings.included, readIncluded);
    const absolute = path === undefined ? undefined : resolve(path);
    return process.migrateText?.(name, absolute, opened, context ?? alone, to);
  });
  if (migrated === undefined) return 2;
  process.out(migrated.text);
  process.error(migrated.notes.map((note) => `${note}\n`).join(''));
  return 0;
};

/** Hints are for editors and for programs; whoever reads lines wants what is worth a line. */
const isTold = (finding: ReportedFinding, { quiet, format }: LintOptions): boolean =>
  isSerious(finding) || (!quiet && (finding.severity !== 'hint' || format === 'json' || format === 'sarif'));

const lint = (options: LintOptions, process: LintProcess): ExitCode => {
  const [file] = options.files;
  if (options.migrate !== undefined && file !== undefined) return migrate(file, options.migrate, options, process);
  const surroundings = surroundingsOf(options, process);
  const outcomes = options.files.flatMap((argument): readonly (Outcome | undefined)[] => {
    const files = attempt(argument, process, () => collectFiles(argument));
    if (files === undefined) return [undefined];
    return files.map(({ path, leadsOut }) => {
      const name = nameOf(path, options);
      const own = leadsOut ? { ...options, fix: false } : options;
      if (options.fix && leadsOut)
        process.error(
          `nspawn-lint: ${name}: ${l10n.t`It is a link that leads out of ${argument}, so it is not repaired. Name the file itself to have it repaired.`}\n`,
        );
      return attempt(name, process, () => lintOne(path, own, surroundings, process));
    });
  });
  const findings = outcomes.flatMap((outcome) => outcome?.findings ?? []);
  const told = findings.filter((finding) => isTold(finding, options));
  const text = formatFindings(options.format, told, manifest.version, () => rulesOf(process.types));
  const fixedInput = outcomes.findLast((outcome) => outcome?.fixedInput !== undefined)?.fixedInput;
  if (fixedInput === undefined) {
    process.out(text);
  } else {
    process.out(fixedInput);
    process.error(text);
  }
  if (outcomes.includes(undefined)) return 2;
  return findings.some(isSerious) ? 1 : 0;
};

/** The whole program but for the process: returns its exit code. */
export const runLint = (args: readonly string[], process: LintProcess): ExitCode => {
  try {
    const request = readArguments(args);
    if (request.kind === 'help') process.out(help());
    else if (request.kind === 'version') process.out(`nspawn-lint ${manifest.version}\n`);
    else if (request.kind === 'listRules') process.out(listRules(process.types));
    else if (request.kind === 'explain') process.out(explainRule(request.rule, process.pages, rulesOf(process.types)));
    else return lint(request.options, process);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.error(`nspawn-lint: ${error.message} ${l10n.t('See nspawn-lint --help.')}\n`);
    return 2;
  }
};
