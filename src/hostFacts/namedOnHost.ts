import {
  type FoundInside,
  type FoundPath,
  type FoundUser,
  type HostNames,
  type NamedOnHost,
  namesNothing,
  nothingNamed,
} from '../language/namedOnHost.ts';
import { imageDirectories } from '../schema/imageDirectories.ts';
import { lookScript } from './lookScript.ts';
import { type AskShell, askShellNow, createAskShell, type ShellQuestion } from './shell.ts';

/** What is looked for, and where. */
export interface HostLook {
  readonly names: HostNames;
  /** The machine that the file is for. */
  readonly machine: string | undefined;
  /** Where images lie: what is in one of them is the machine's, and no link of a machine is followed. */
  readonly images?: readonly string[];
  /** What stands for `/`; elsewhere only in tests. */
  readonly root?: string;
  /** Milliseconds; another limit than the usual one, in tests, whose machine may be busy. */
  readonly patienceMs?: number;
}

/** A file that names more is none that a person wrote. */
const mostPaths = 200;

/** Of texts that are asked for, and so of what a person has written into one file. */
const mostTexts = 20;

const uppersIn = ({ names }: HostLook): readonly string[] => names.uppers.slice(0, mostPaths);

/** The upper directories first. */
const pathsIn = (look: HostLook): readonly string[] =>
  [...new Set([...uppersIn(look), ...look.names.paths])].slice(0, mostPaths);

const textsIn = ({ names: { ofContainers } }: HostLook): readonly string[] =>
  (ofContainers?.texts ?? []).slice(0, mostTexts);

const insidesIn = ({ names: { ofContainers } }: HostLook): readonly string[] =>
  (ofContainers?.inside?.paths ?? []).slice(0, mostPaths);

const questionOf = (look: HostLook): ShellQuestion => ({
  script: lookScript,
  parameters: [
    ...[look.root ?? '', look.names.interfaces ? 'yes' : 'no'],
    ...[look.machine ?? '', (look.images ?? imageDirectories).join('\n')],
    ...[look.names.users.slice(0, mostPaths).join(' '), String(uppersIn(look).length)],
    ...[look.names.ofContainers === undefined ? 'no' : 'yes', String(textsIn(look).length)],
    ...[look.names.ofContainers?.inside?.root ?? '', String(insidesIn(look).length)],
    ...[...pathsIn(look), ...textsIn(look), ...insidesIn(look)],
  ],
  mostBytes: 4 * 1024 * 1024,
  root: look.root,
  patienceMs: look.patienceMs,
});

const isPath = (kind: string | undefined): kind is FoundPath =>
  kind === 'directory' || kind === 'onOverlay' || kind === 'mountPoint' || kind === 'other' || kind === 'absent';
const isInside = (kind: string | undefined): kind is FoundInside =>
  kind === 'directory' || kind === 'program' || kind === 'plain' || kind === 'other' || kind === 'absent';
const isUser = (kind: string | undefined): kind is FoundUser =>
  kind === 'fits' || kind === 'absent' || kind === 'otherGroup' || kind === 'homeless';

/** Below which names a text that was read stands, line by line. */
const textMark = '|';

/** What is only asked for containers of LXC. */
const ofContainers = (said: string, look: HostLook): Pick<NamedOnHost, 'plain' | 'texts' | 'inside' | 'containers'> => {
  const lines = said.split('\n');
  const kindsOf = (what: string): readonly (readonly string[])[] =>
    lines.flatMap((line) => (line.startsWith(`${what} `) ? [line.split(' ')] : []));
  const plain = new Map<string, 'plain' | 'program'>();
  const ofPaths = kindsOf('path');
  for (const [index, path] of pathsIn(look).entries()) {
    const kind = ofPaths[index]?.[2];
    if (kind === 'plain' || kind === 'program') plain.set(path, kind);
  }
  const read: (string[] | undefined)[] = [];
  for (const line of lines)
    if (line === 'text read') read.push([]);
    else if (line === 'text unknown') read.push(undefined);
    else if (line.startsWith(textMark)) read.at(-1)?.push(line.slice(1));
  const texts = new Map<string, string>();
  for (const [index, path] of textsIn(look).entries()) {
    const text = read[index];
    if (text !== undefined) texts.set(path, text.join('\n'));
  }
  const inside = new Map<string, FoundInside>();
  const ofInside = kindsOf('inside');
  for (const [index, path] of insidesIn(look).entries()) {
    const [, found, closer] = ofInside[index] ?? [];
    const kind = closer === undefined || closer === '' ? found : closer;
    if (isInside(kind)) inside.set(path, kind);
  }
  const running = kindsOf('container').map(([, socket = '']) => socket);
  // A long path stands there as a number that tells no name.
  const areKnown = lines.includes('containers') && !running.some((socket) => socket.startsWith('lxc/'));
  return {
    plain,
    texts,
    inside,
    ...(areKnown ? { containers: new Set(running.map((socket) => socket.replace(/^.*\//u, ''))) } : {}),
  };
};

const answerOf = (said: string, look: HostLook): NamedOnHost => {
  const lines = said.split('\n').map((line) => line.split(' '));
  const interfaces = new Map<string, 'bridge' | 'other' | 'unknown'>();
  for (const [kind, name] of lines)
    if ((kind === 'bridge' || kind === 'other' || kind === 'unknown') && name !== undefined && !interfaces.has(name))
      interfaces.set(name, kind);
  const seen = lines.flatMap(([what, kind]) => (what === 'path' ? [kind] : []));
  const paths = new Map<string, FoundPath>();
  for (const [index, path] of pathsIn(look).entries()) {
    const kind = seen[index];
    if (isPath(kind)) paths.set(path, kind);
  }
  const users = new Map<string, FoundUser>();
  for (const [what, kind, name] of lines)
    if (what === 'user' && isUser(kind) && name !== undefined) users.set(name, kind);
  const hasLooked = lines.some(([what]) => what === 'seen');
  return {
    ...(hasLooked ? { interfaces } : {}),
    paths,
    users,
    runs: lines.some(([what]) => what === 'runs'),
    ...(look.names.ofContainers === undefined ? {} : ofContainers(said, look)),
  };
};

/** Looks at this host whether what a file names is there. */
export type LookAtHost = (look: HostLook) => Promise<NamedOnHost>;

/** The answer takes two seconds at most. As long as an older look hangs, nobody looks. */
export const createLookAtHost =
  (platform: string = process.platform, ask: AskShell = createAskShell()): LookAtHost =>
  async (look) => {
    if (namesNothing(look.names) || platform !== 'linux') return nothingNamed;
    const said = await ask(questionOf(look));
    return said === undefined ? nothingNamed : answerOf(said, look);
  };

/** The same for a program that does nothing else meanwhile. */
export const lookAtHostNow = (look: HostLook, platform: string = process.platform): NamedOnHost => {
  if (namesNothing(look.names) || platform !== 'linux') return nothingNamed;
  const said = askShellNow(questionOf(look));
  return said === undefined ? nothingNamed : answerOf(said, look);
};
