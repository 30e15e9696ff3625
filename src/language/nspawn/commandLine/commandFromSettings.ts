import * as l10n from '@vscode/l10n';
import { nspawnSchema } from '../../../schema/nspawnSchema.ts';
import type { DirectiveSchema } from '../../../schema/types.ts';
import type { ConfigDocument, Entry } from '../../document.ts';
import { extractWords } from '../../values/extractWord.ts';
import { commandOptions } from './commandOptions.ts';
import { noteComments } from './noteComments.ts';
import type { ConversionNote } from './settingsFromCommand.ts';
import { quoteForShell } from './shellWords.ts';

export interface ConvertedSettings {
  /** For a shell, one option a line, continued by backslashes. */
  readonly command: string;
  /** The command, with the notes as comments at its top. */
  readonly text: string;
  readonly notes: readonly ConversionNote[];
}

/** A line of the file that the target knows. */
interface Line {
  readonly directive: DirectiveSchema;
  readonly value: string;
}

const isYes = (value: string): boolean => /^(?:1|y|yes|t|true|on)$/iu.test(value);
const isNo = (value: string): boolean => /^(?:0|n|no|f|false|off)$/iu.test(value);
const wordsOf = (value: string): readonly string[] =>
  extractWords(value, { unquote: true, retainEscape: true }).words.map(({ text }) => text);
const plainWordsOf = (value: string): readonly string[] => value.split(/[ \t\n\r]+/u).filter((word) => word !== '');

/** The lines that count in the end: an empty value takes back what stands before it, and of single settings the last stays. */
const countingLines = (document: ConfigDocument, systemdVersion: number, notes: ConversionNote[]): readonly Line[] => {
  const lines: Line[] = [];
  const drop = (name: string): void => {
    for (let at = lines.length - 1; at >= 0; at--) if (lines[at]?.directive.name === name) lines.splice(at, 1);
  };
  const take = (section: string, { key, value }: Entry): void => {
    const directive = nspawnSchema.directives.find((one) => one.section === section && one.name === key);
    if (directive === undefined || directive.since > systemdVersion) {
      if (!key.startsWith('X-'))
        notes.push({ about: `${key}=`, text: l10n.t`systemd ${systemdVersion} has no such setting in [${section}].` });
      return;
    }
    if (directive.repeat === 'last' || value === '') drop(key);
    if (value !== '') lines.push({ directive, value });
  };
  for (const { name, entries } of document.sections)
    if (nspawnSchema.sections.includes(name)) for (const entry of entries) take(name, entry);
  return lines;
};

const optionOf = (directive: DirectiveSchema): string | undefined => {
  const option = commandOptions.find(
    ({ meaning, long }) => long !== undefined && meaning.kind === 'setting' && meaning.key === directive.name,
  );
  return option?.long === undefined ? undefined : `--${option.long}`;
};

const commaLists = new Set(['Capability', 'DropCapability', 'AmbientCapability']);
const wordByWord = new Set(['Interface', 'MACVLAN', 'IPVLAN', 'BindUser']);
/** Options without an argument, which can only say yes. */
const switches: Readonly<Record<string, string>> = {
  Boot: '--boot',
  ProcessTwo: '--as-pid2',
  Ephemeral: '--ephemeral',
  ReadOnly: '--read-only',
  Private: '--private-network',
  VirtualEthernet: '--network-veth',
};

const argumentsOf = ({ directive, value }: Line, notes: ConversionNote[]): readonly string[] => {
  const { name } = directive;
  const flag = switches[name];
  if (flag !== undefined) {
    if (isYes(value)) return [flag];
    if (!isNo(value))
      notes.push({ about: `${name}=${value}`, text: l10n.t('It is neither yes nor no, so systemd ignores it.') });
    return [];
  }
  if (name.startsWith('Limit')) return [`--rlimit=RLIMIT_${name.slice('Limit'.length)}=${value}`];
  if (name === 'Environment') return wordsOf(value).map((word) => `--setenv=${word}`);
  if (name === 'Parameters') return [];
  if (name === 'PrivateUsers') return [`--private-users=${isYes(value) ? 'yes' : isNo(value) ? 'no' : value}`];
  if (name === 'PrivateUsersChown') return [`--private-users-ownership=${isNo(value) ? 'off' : 'chown'}`];
  const option = optionOf(directive);
  if (option === undefined) {
    notes.push({ about: `${name}=`, text: l10n.t('There is no option that says the same.') });
    return [];
  }
  if (commaLists.has(name)) return [`${option}=${plainWordsOf(value).join(',')}`];
  if (wordByWord.has(name)) return plainWordsOf(value).map((word) => `${option}=${word}`);
  return [`${option}=${value}`];
};

/** Up to 261 a file takes another ownership with `pick` than the command line: settings_load() and parse_argv(). */
const impliedOwnership = (lines: readonly Line[], systemdVersion: number): readonly string[] => {
  if (systemdVersion > 261) return [];
  const says = (name: string): Line | undefined => lines.findLast(({ directive }) => directive.name === name);
  const owned = says('PrivateUsersOwnership') ?? says('PrivateUsersChown');
  return says('PrivateUsers')?.value === 'pick' && owned === undefined ? ['--private-users-ownership=chown'] : [];
};

/** A settings file as a command that starts the machine in the same way, by hand. */
export const commandFromSettings = (
  document: ConfigDocument,
  systemdVersion: number,
  machine: string | undefined,
): ConvertedSettings => {
  const notes: ConversionNote[] = [];
  const lines = countingLines(document, systemdVersion, notes);
  const hasStartMode = lines.some(({ directive }) => directive.name === 'Boot' || directive.name === 'ProcessTwo');
  const parameters = lines.filter(({ directive }) => directive.name === 'Parameters');
  if (parameters.length > 0 && !hasStartMode)
    notes.push({ about: 'Parameters=', text: l10n.t('Without Boot= or ProcessTwo= in the file systemd ignores it.') });
  const words = hasStartMode ? parameters.flatMap(({ value }) => wordsOf(value)) : [];
  const options = [
    // What stands in the file is said here already, and would else be merged in once more.
    '--settings=no',
    `--machine=${machine ?? 'NAME'}`,
    ...lines.flatMap((line) => argumentsOf(line, notes)),
    ...impliedOwnership(lines, systemdVersion),
  ].map(quoteForShell);
  const last = words[0]?.startsWith('-') === true ? ['--', ...words] : words;
  const parts = [...options, ...(last.length > 0 ? [last.map(quoteForShell).join(' ')] : [])];
  const command = `${['systemd-nspawn', ...parts].join(' \\\n  ')}\n`;
  const comments = noteComments(notes).map((comment) => `# ${comment}\n`);
  return { command, text: [...comments, command].join(''), notes };
};
