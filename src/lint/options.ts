import { parseArgs } from 'node:util';
import * as l10n from '@vscode/l10n';
import type { LibcgroupVersion } from '../language/context.ts';
import {
  defaultContext,
  libcgroupVersions,
  lxcVersions,
  newestSystemdVersion,
  oldestSystemdVersion,
} from '../language/context.ts';
import type { LanguageId } from '../language/fileType.ts';
import { languageIds } from '../language/languageOfPath.ts';
import type { LxcRelease } from '../schema/lxcTypes.ts';
import { releaseIn, versionOf } from '../schema/systemdRelease.ts';

export const formats = ['text', 'json', 'sarif', 'github'] as const;
export type Format = (typeof formats)[number];

const migrationTargets = ['v2', 'systemd', 'nspawn', 'lxc'] as const;
/** What a file can be migrated to. */
export type MigrationTarget = (typeof migrationTargets)[number];

const locales = ['en', 'fr', 'zh-cn'] as const;

/** What the command line asks for. */
export interface LintOptions {
  readonly format: Format;
  readonly systemdVersion: number;
  /** Where the version was given with its point release. */
  readonly systemdRelease: string | undefined;
  readonly libcgroupVersion: LibcgroupVersion;
  readonly lxcVersion: LxcRelease;
  /** Read every file as this, whatever its name says. */
  readonly language: LanguageId | undefined;
  /** Undefined where the place of each file tells. */
  readonly trust: 'trusted' | 'untrusted' | undefined;
  /** Judge files of libcgroup by what this host has. */
  readonly host: boolean;
  readonly fix: boolean;
  /** Print what a file becomes elsewhere, instead of judging it. */
  readonly migrate: MigrationTarget | undefined;
  readonly quiet: boolean;
  /** The name that standard input is reported and judged under. */
  readonly stdinName: string | undefined;
  readonly files: readonly string[];
}

export type Request =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'listRules' }
  | { readonly kind: 'explain'; readonly rule: string }
  | { readonly kind: 'lint'; readonly options: LintOptions };

/** What stands behind each option, and what is said of it; a line without an option goes on with the one above. */
const helpLines = (): readonly (readonly [option: string, meaning: string])[] => [
  ['--format FORMAT', l10n.t('text (default) or github, both without hints; json or sarif, with them')],
  [
    '--systemd-version N',
    l10n.t`judge as this version of systemd does, ${oldestSystemdVersion} to ${newestSystemdVersion} (default ${newestSystemdVersion}),`,
  ],
  ['', l10n.t('in its newest release, or in one such as 257.13-1~deb13u1')],
  ['--libcgroup-version V', l10n.t`${libcgroupVersions.join(', ')} (default ${defaultContext.libcgroupVersion})`],
  ['--lxc-version V', l10n.t`${lxcVersions.join(', ')} (default ${defaultContext.lxcVersion})`],
  ['--language ID', l10n.t`${languageIds.join(', ')}: what the files are, where the name does not tell`],
  ['--trusted, --untrusted', l10n.t('judge as if the file lay in /etc/systemd/nspawn, or next to the image')],
  ['--host', l10n.t('look at this host: its controllers, users and groups, and what .nspawn files name of it')],
  ['--fix', l10n.t('repair what can be repaired without changing what works; with -, print the result')],
  [
    '--migrate v2|systemd',
    l10n.t('print the one file of libcgroup for cgroup v2, or as units; notes go to standard error'),
  ],
  ['--migrate nspawn|lxc', l10n.t('print what a container of LXC is for systemd-nspawn, or a .nspawn file for LXC')],
  ['--locale LOCALE', l10n.t`speak ${locales.join(', ')}, instead of the language of the environment (LANG)`],
  ['--quiet', l10n.t('say errors and warnings only')],
  ['--stdin-filename NAME', l10n.t('the name of standard input')],
  ['--list-rules', l10n.t('show all rules and exit')],
  ['--explain RULE', l10n.t('show the page of a rule and exit')],
  ['--help, --version', l10n.t('show this, or the version, and exit')],
];

export const help = (): string =>
  [
    l10n.t('Usage: nspawn-lint [OPTION]… FILE|DIRECTORY|-…'),
    '',
    l10n.t(
      'Says what systemd-nspawn will do with every line of a .nspawn file, libcgroup with cgconfig.conf and cgrules.conf, and LXC with the configuration of a container.',
    ),
    l10n.t('A directory is searched for files with such names; - reads standard input.'),
    '',
    ...helpLines().map(([option, meaning]) => `  ${option.padEnd(26)} ${meaning}`),
    '',
    l10n.t('Exit code: 0 nothing at warning or above, 1 such findings, 2 the check could not be made.'),
    '',
  ].join('\n');

/** A command line that cannot be understood; the message is a sentence that says what to do. */
export class UsageError extends Error {}

const oneOf = <Word extends string>(option: string, text: string, words: readonly Word[]): Word => {
  const word = words.find((one) => one === text);
  if (word === undefined)
    throw new UsageError(l10n.t`--${option} takes ${words.join(', ')}, not ${JSON.stringify(text)}.`);
  return word;
};

const systemdVersionOf = (text: string): Pick<LintOptions, 'systemdVersion' | 'systemdRelease'> => {
  const release = releaseIn(text);
  const systemdVersion = release === undefined ? Number.NaN : versionOf(release);
  if (!(systemdVersion >= oldestSystemdVersion && systemdVersion <= newestSystemdVersion))
    throw new UsageError(
      l10n.t`--systemd-version takes a number from ${oldestSystemdVersion} to ${newestSystemdVersion}, or more of a version such as 257.13-1~deb13u1, not ${JSON.stringify(text)}.`,
    );
  // A number alone is the newest of its version.
  return { systemdVersion, systemdRelease: release !== undefined && /\D/u.test(release) ? release : undefined };
};

/** Also takes a longer form of a version that is known, such as 3.1.0. */
const libcgroupVersionOf = (text: string): LibcgroupVersion =>
  oneOf('libcgroup-version', libcgroupVersions.find((version) => text === `${version}.0`) ?? text, libcgroupVersions);

/** Also takes a longer form of a version that is known, such as 6.0.4. */
const lxcVersionOf = (text: string): LxcRelease =>
  oneOf('lxc-version', lxcVersions.find((version) => text.startsWith(`${version}.`)) ?? text, lxcVersions);

const optionTypes = {
  format: { type: 'string' },
  'systemd-version': { type: 'string' },
  'libcgroup-version': { type: 'string' },
  'lxc-version': { type: 'string' },
  language: { type: 'string' },
  trusted: { type: 'boolean' },
  untrusted: { type: 'boolean' },
  host: { type: 'boolean' },
  fix: { type: 'boolean' },
  migrate: { type: 'string' },
  // Read by main.ts before anything that speaks is loaded.
  locale: { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
  'stdin-filename': { type: 'string' },
  'list-rules': { type: 'boolean' },
  explain: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** What Node says of it, in the language of the user. */
const misuse = (given: readonly string[]): string | undefined => {
  const args = [...given];
  const { tokens } = parseArgs({ args, options: optionTypes, allowPositionals: true, strict: false, tokens: true });
  const types: Readonly<Record<string, { readonly type: string } | undefined>> = optionTypes;
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { rawName, value, inlineValue } = token;
    const type = types[token.name]?.type;
    if (type === undefined) return l10n.t`There is no option ${rawName}.`;
    if (type === 'boolean' && value !== undefined) return l10n.t`${rawName} takes no argument.`;
    if (type === 'string' && (value === undefined || (!inlineValue && /^-./u.test(value))))
      return l10n.t`${rawName} needs an argument.`;
  }
  return undefined;
};

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: optionTypes, allowPositionals: true });

const read = (args: readonly string[]): Pick<ReturnType<typeof parse>, 'values' | 'positionals'> => {
  // Names alone need nothing that Node.js would have to load first.
  if (!args.some((arg) => arg.startsWith('-'))) return { values: {}, positionals: [...args] };
  try {
    return parse(args);
  } catch (error) {
    throw new UsageError(misuse(args) ?? String(error), { cause: error });
  }
};

/**
 * Reads a command line.
 * @throws UsageError
 */
export const readArguments = (args: readonly string[]): Request => {
  const { values, positionals } = read(args);
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  if (values['list-rules'] === true) return { kind: 'listRules' };
  if (values.explain !== undefined) return { kind: 'explain', rule: values.explain };
  if (positionals.length === 0) throw new UsageError(l10n.t('No file is named.'));
  if (values.trusted === true && values.untrusted === true)
    throw new UsageError(l10n.t('--trusted and --untrusted exclude each other.'));
  if (values.locale !== undefined) oneOf('locale', values.locale, locales);
  const migrate = values.migrate === undefined ? undefined : oneOf('migrate', values.migrate, migrationTargets);
  if (migrate !== undefined && (positionals.length > 1 || values.fix === true))
    throw new UsageError(l10n.t('--migrate takes one file, and not --fix.'));
  const language = values.language === undefined ? undefined : oneOf('language', values.language, languageIds);
  return {
    kind: 'lint',
    options: {
      format: values.format === undefined ? 'text' : oneOf('format', values.format, formats),
      ...(values['systemd-version'] === undefined
        ? { systemdVersion: newestSystemdVersion, systemdRelease: undefined }
        : systemdVersionOf(values['systemd-version'])),
      libcgroupVersion:
        values['libcgroup-version'] === undefined
          ? defaultContext.libcgroupVersion
          : libcgroupVersionOf(values['libcgroup-version']),
      lxcVersion: values['lxc-version'] === undefined ? defaultContext.lxcVersion : lxcVersionOf(values['lxc-version']),
      language,
      trust: values.trusted === true ? 'trusted' : values.untrusted === true ? 'untrusted' : undefined,
      host: values.host === true,
      fix: values.fix === true,
      migrate,
      quiet: values.quiet === true,
      stdinName: values['stdin-filename'],
      files: positionals,
    },
  };
};
