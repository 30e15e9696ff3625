import * as l10n from '@vscode/l10n';
import type { Context } from '../../context.ts';
import type { ConfigDocument, Entry } from '../../document.ts';
import { entryAt } from '../../locate.ts';
import { extractWords } from '../values/extractWord.ts';
import { parseBoolean } from '../values/boolean.ts';
import { type Judgement, judgeNspawn } from '../check.ts';
import { startUps } from '../crossRules/startUp.ts';
import { commandOptions } from './commandOptions.ts';
import { type ConversionNote, noteComments } from './conversionNotes.ts';
import { aboutCallByHand } from './otherCaller.ts';
import { quoteForShell } from '../../shellWords.ts';
import { optionsForUsers } from './usersOfMachine.ts';

export interface ConvertedSettings {
  /** For a shell, one option a line, continued by backslashes. */
  readonly command: string;
  /** The command, with the notes as comments at its top. */
  readonly text: string;
  readonly notes: readonly ConversionNote[];
}

const wordsOf = (value: string): readonly string[] =>
  extractWords(value, { unquote: true, retainEscape: true }).words.map(({ text }) => text);
const plainWordsOf = (value: string): readonly string[] => value.split(/[ \t\n\r]+/u).filter((word) => word !== '');

/** Rules about lines that systemd takes and that then do nothing. */
const idleRules: ReadonlySet<string> = new Set(['parameters-needs-start-mode', 'delegate-without-users']);

/** What of the file does not count, in the words of the checker. */
const notesOn = (document: ConfigDocument, { findings }: Judgement): readonly ConversionNote[] =>
  findings.flatMap(({ rule, effect, start, line, message }) => {
    if (effect === 'none' ? !idleRules.has(rule) : effect === 'start-refused') return [];
    const entry = entryAt(document, start);
    return [{ about: entry === undefined ? l10n.t`line ${line}` : `${entry.key}=`, text: message }];
  });

const optionOf = (key: string, systemdVersion: number): string | undefined => {
  // The name of the option was another one before.
  if (key === 'User') return systemdVersion < 261 ? '--user' : '--uid';
  const option = commandOptions.find(
    ({ meaning, long }) => long !== undefined && meaning.kind === 'setting' && meaning.key === key,
  );
  return option?.long === undefined ? undefined : `--${option.long}`;
};

const commaLists = new Set(['Capability', 'DropCapability', 'AmbientCapability']);
const wordByWord = new Set(['Interface', 'MACVLAN', 'IPVLAN', 'BindUser']);
/** Options without an argument, which can only say yes. */
const switches: Readonly<Record<string, string>> = {
  Ephemeral: '--ephemeral',
  ReadOnly: '--read-only',
  Private: '--private-network',
  VirtualEthernet: '--network-veth',
};
/** What several lines decide together. */
const elsewhere = new Set([
  'Boot',
  'ProcessTwo',
  'Parameters',
  'PrivateUsers',
  'PrivateUsersOwnership',
  'PrivateUsersChown',
  'PrivateUsersDelegate',
  'CPUAffinity',
]);

const argumentsOf = ({ key, value }: Entry, systemdVersion: number, notes: ConversionNote[]): readonly string[] => {
  if (elsewhere.has(key)) return [];
  const flag = switches[key];
  if (flag !== undefined) return parseBoolean(value) === true ? [flag] : [];
  if (key.startsWith('Limit')) return [`--rlimit=RLIMIT_${key.slice('Limit'.length)}=${value}`];
  if (key === 'Environment') return wordsOf(value).map((word) => `--setenv=${word}`);
  const option = optionOf(key, systemdVersion);
  if (option === undefined) {
    notes.push({ about: `${key}=`, text: l10n.t('There is no option that says the same.') });
    return [];
  }
  if (commaLists.has(key)) return [`${option}=${plainWordsOf(value).join(',')}`];
  if (wordByWord.has(key)) return plainWordsOf(value).map((word) => `${option}=${word}`);
  return [`${option}=${value}`];
};

/** An option replaces an earlier one here, while the lines of the file add up. */
const affinity = (lines: readonly Entry[]): readonly string[] =>
  lines.length === 0 ? [] : [`--cpu-affinity=${lines.map(({ value }) => value).join(' ')}`];

const startOptions = { boot: ['--boot'], pid2: ['--as-pid2'], pid1: [] } as const;

const comment = (line: string): string => `# ${line}\n`;

/**
 * A settings file as a command that starts the machine in the same way, by hand: of what counts where the file lies, and nothing
 * else. What systemd ignores in a file can be fatal, or even count, among its options.
 */
export const commandFromSettings = (
  document: ConfigDocument,
  text: string,
  context: Context,
  machine: string | undefined,
): ConvertedSettings => {
  const { systemdVersion } = context;
  const judgement = judgeNspawn(document, text, context);
  const { settings, startMode } = judgement;
  const notes = [...notesOn(document, judgement)];
  const { direct } = startUps(settings, startMode, systemdVersion);
  const options = [
    // What stands in the file is said here already, and would else be merged in once more.
    '--settings=no',
    `--machine=${machine ?? 'NAME'}`,
    ...(startMode === undefined ? [] : startOptions[startMode]),
    ...settings.inOrder.flatMap((entry) => argumentsOf(entry, systemdVersion, notes)),
    ...affinity(settings.all('CPUAffinity')),
    ...optionsForUsers(direct),
  ].map(quoteForShell);
  const words = startMode === undefined ? [] : settings.all('Parameters').flatMap(({ value }) => wordsOf(value));
  const last = words[0]?.startsWith('-') === true ? ['--', ...words] : words;
  const parts = [...options, ...(last.length > 0 ? [last.map(quoteForShell).join(' ')] : [])];
  const command = `${['systemd-nspawn', ...parts].join(' \\\n  ')}\n`;
  const comments = [...noteComments(notes), ...aboutCallByHand(judgement)].map(comment);
  return { command, text: [...comments, command].join(''), notes };
};
