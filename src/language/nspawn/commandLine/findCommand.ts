import * as l10n from '@vscode/l10n';
import { forEachChild, parse } from 'unbash';
import type { Command, ParseError, Redirection, SyntaxNode } from 'unbash';
import { withColons, withProgramSpelled } from './mistypedCommand.ts';
import type { ConversionNote } from './conversionNotes.ts';
import { argumentOf, type ShellWord } from '../../shellWords.ts';
import { commandInUnit } from './unitCommand.ts';

/** A call of systemd-nspawn in a text. */
export interface FoundCommand {
  /** Behind the name of the program. */
  readonly words: readonly ShellWord[];
  /** Who replaces parts of words. */
  readonly replacedBy: 'shell' | 'systemd';
  /** What of the command is not among its words. */
  readonly notes: readonly ConversionNote[];
}

const program = /(?:^|\/)systemd-nspawn$/u;

/** Run what stands behind them, with other rights or surroundings. */
const quietRunners: ReadonlySet<string> = new Set([
  'sudo',
  'doas',
  'pkexec',
  'run0',
  'exec',
  'env',
  'command',
  'nohup',
  'time',
]);
/** Speak of a program without running it. */
const mentions: ReadonlySet<string> = new Set(
  'man info which whereis whatis apropos type hash echo printf test [ apt apt-get dnf yum pacman zypper grep ls file cp'.split(
    ' ',
  ),
);
const isAssignment = (text: string): boolean => /^[A-Za-z_]\w*=/u.test(text);
const isPromptEnd = (text: string): boolean => /[#$%>]$/u.test(text);

interface Call {
  readonly command: Command;
  readonly inFront: readonly ShellWord[];
  readonly words: readonly ShellWord[];
  readonly source: string;
  readonly errors: readonly ParseError[];
}

const callOf = (command: Command, source: string, errors: readonly ParseError[]): Call | undefined => {
  const all = [...(command.name === undefined ? [] : [command.name]), ...command.args].map(argumentOf);
  const at = all.findIndex(({ text }) => program.test(text));
  const [first, second] = all;
  if (at < 0 || (at > 0 && mentions.has(first?.text ?? ''))) return undefined;
  if (first?.text === 'command' && /^-[vV]/u.test(second?.text ?? '')) return undefined;
  return { command, inFront: all.slice(0, at), words: all.slice(at + 1), source, errors };
};

/** Options alone, without the name of the program. */
const optionsAlone = (command: Command, source: string, errors: readonly ParseError[]): Call | undefined =>
  command.name?.value.startsWith('-') === true
    ? { command, inFront: [], words: [command.name, ...command.args].map(argumentOf), source, errors }
    : undefined;

/** The first command of a script of which `take` makes something, in the order of the text; also one within others. */
const firstCall = (script: string, take: typeof callOf): Call | undefined => {
  const found: Call[] = [];
  const visit =
    (source: string, errors: readonly ParseError[]) =>
    (node: SyntaxNode): void => {
      if (found.length > 0) return;
      if (node.type === 'Script') {
        forEachChild(node, visit(node.source ?? source, node.errors ?? []));
        return;
      }
      const call = node.type === 'Command' ? take(node, source, errors) : undefined;
      if (call === undefined) forEachChild(node, visit(source, errors));
      else found.push(call);
    };
  visit(script, [])(parse(script));
  return found[0];
};

const blank = (text: string): string => ' '.repeat(text.length);

/** Prompts of root look like comments: `# ` alone, `host ~ # `, `root@host:~# `. */
const prompt =
  /^[ \t]*(?:\[?(?:[\w.-]+@[\w.-]+[^\n#$%]*|[\w.-]+[ \t]+~\S*[ \t]*))?[#$%][ \t]+(?=[^\n]*systemd-nspawn[ \t])/gmu;

/** Without prompts, and without those of continued lines; all else stays where it is. */
const withoutPrompts = (script: string): string =>
  script.replace(prompt, blank).replace(/(?<=\\\n)[ \t]*>[ \t]/gu, blank);

/** A comment between continued lines ends the command for the shell, which nobody means who wrote it there. */
const commentBetween = /(?<=\\\n)(?:[ \t]*#[^\n]*\n)+(?=[ \t]*[^\s#])/gu;

const redirectionNote = (source: string, redirection: Redirection): ConversionNote => {
  const isInput = redirection.operator.startsWith('<') && redirection.operator !== '<>';
  return {
    about: source.slice(redirection.pos, redirection.end),
    text: isInput
      ? l10n.t('The input of the command is not carried over.')
      : l10n.t('Where the output goes is not carried over.'),
  };
};

const frontNotes = ({ command, inFront }: Call): readonly ConversionNote[] => {
  const set = [
    ...command.prefix.flatMap((one) => (one.type === 'Assignment' ? [one.text] : [])),
    ...inFront.map(({ text }) => text).filter(isAssignment),
  ];
  const texts = inFront.map(({ text }) => text).filter((text) => !isAssignment(text));
  const [first = ''] = texts;
  const isQuiet =
    texts.some(isPromptEnd) ||
    texts.every((text) => quietRunners.has(text) || (quietRunners.has(first) && text.startsWith('-')));
  return [
    ...set.map((about) => ({
      about,
      text: l10n.t(
        'A file cannot hold the environment of systemd-nspawn: set it with Environment= in a drop-in of systemd-nspawn@NAME.service.',
      ),
    })),
    ...(isQuiet
      ? []
      : [{ about: texts.join(' '), text: l10n.t('What stands in front of systemd-nspawn is not carried over.') }]),
  ];
};

const errorNotes = ({ command, source, errors }: Call): readonly ConversionNote[] =>
  errors
    .filter(({ pos }) => command.pos <= pos && pos <= command.end)
    .map(({ pos }) => {
      const about = source.charAt(pos);
      return about === '"' || about === "'"
        ? { about, text: l10n.t('The quote is never closed.') }
        : { about: source.slice(pos, pos + 20), text: l10n.t('The shell would not understand this.') };
    });

const readCall = (call: Call, script: string): FoundCommand => {
  const { command, words, source } = call;
  const commented =
    source.length === script.length &&
    [...script.matchAll(commentBetween)].some(({ index }) => command.pos < index && index < command.end);
  return {
    words,
    replacedBy: 'shell',
    notes: [
      ...frontNotes(call),
      ...errorNotes(call),
      ...(commented
        ? [
            {
              about: '#',
              text: l10n.t(
                'For a shell the command ends in front of the comment between its lines; here it goes on behind it.',
              ),
            },
          ]
        : []),
      ...command.redirects.map((redirection) => redirectionNote(source, redirection)),
    ],
  };
};

/** No script nests its substitutions deeper; the parser reads each of them once for every one around it. */
const deepest = 100;

/** The text up to where its substitutions lie deeper in one another than that. */
const shallow = (script: string): string => {
  let depth = 0;
  for (const { 0: mark, index } of script.matchAll(/\$\(|\)/gu)) {
    depth = mark === ')' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > deepest) return script.slice(0, index);
  }
  return script;
};

/** With the name of the program. */
const findNamed = (script: string): FoundCommand | undefined => {
  const inUnit = commandInUnit(script, program);
  if (inUnit !== undefined) return inUnit;
  const continued = script.replace(commentBetween, blank);
  const call = firstCall(continued, callOf) ?? firstCall(withoutPrompts(continued), callOf);
  return call === undefined ? undefined : readCall(call, script);
};

const findNearlyNamed = (script: string): FoundCommand | undefined => {
  const spelled = withProgramSpelled(script);
  const found = spelled === undefined ? undefined : findNamed(spelled.script);
  return spelled === undefined || found === undefined ? undefined : { ...found, notes: [spelled.note, ...found.notes] };
};

const findOptions = (script: string): FoundCommand | undefined => {
  const call = firstCall(script.replace(commentBetween, blank), optionsAlone);
  return call === undefined ? undefined : readCall(call, script);
};

/** The first call of systemd-nspawn in a script, a unit, or what was copied from a page. Nothing is run. */
export const findCommand = (text: string): FoundCommand | undefined => {
  const script = shallow(text.replaceAll('\\\r\n', ' \\\n').replaceAll('\r\n', ' \n'));
  const colons = withColons(script);
  const found = findNamed(colons.script) ?? findNearlyNamed(colons.script) ?? findOptions(colons.script);
  return found === undefined ? undefined : { ...found, notes: [...found.notes, ...colons.notes(found)] };
};
