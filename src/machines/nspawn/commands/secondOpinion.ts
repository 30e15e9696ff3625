import { basename, join } from 'node:path';
import type { Command } from '../../command.ts';
import type { Opinion, OpinionMessage, OpinionQuestion } from '../../configFile.ts';

/** What is judged: `NAME.nspawn` beside an empty directory NAME. */
export interface JudgedFile extends Omit<OpinionQuestion, 'text'> {
  /** Holds both, and nothing else; without symbolic links in its path. */
  readonly directory: string;
  readonly name: string;
}

/**
 * Constant text for `sh -c`. systemd-nspawn always fails here, so a failing command is one that did not get as far: unshare(1)
 * was refused.
 */
const judgeScript = '"$@"; exit 0';

/** Only words of the parser, without a prefix or colours, and the check of the directory that a user may switch off. */
const environment = [
  'SYSTEMD_LOG_TARGET=console',
  'SYSTEMD_LOG_LEVEL=warning',
  'SYSTEMD_LOG_COLOR=0',
  'SYSTEMD_LOG_LOCATION=0',
  'SYSTEMD_LOG_TIME=0',
  'SYSTEMD_LOG_TID=0',
  'SYSTEMD_NSPAWN_CHECK_OS_RELEASE=1',
] as const;

const namespaces = ['--user', '--map-root-user', '--mount', '--pid', '--fork', '--kill-child'] as const;

/** A process of this user in namespaces of its own, where it is root over nothing. Exits 1 where the host forbids that. */
const unshare = (file: string, ...args: readonly string[]): Pick<Command<unknown>, 'file' | 'args'> => ({
  file: 'unshare',
  args: [...namespaces, '--', file, ...args],
});

const readMessage = (line: string, file: string): OpinionMessage => {
  const [, number, text = ''] = line.startsWith(`${file}:`)
    ? (/^(?:(\d+):)?\s*(.*)$/u.exec(line.slice(file.length + 1)) ?? [])
    : [undefined, undefined, line];
  return {
    line: number === undefined ? undefined : Number(number),
    text: text.replaceAll(file, basename(file)),
  };
};

const readOpinion = (stderr: string, { directory, name }: JudgedFile): Opinion => {
  const file = join(directory, `${name}.nspawn`);
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  // The empty directory, or a copy of it, is spoken of when every setting has been read and has passed all checks.
  const isEnd = (line: string): boolean => line.replaceAll(file, '').includes(`${directory}/`);
  return {
    messages: lines.filter((line) => !isEnd(line)).map((line) => readMessage(line, file)),
    taken: lines.some(isEnd),
  };
};

/**
 * Has the installed systemd-nspawn read a file. Nothing is started: the directory is empty, which every version refuses after
 * the settings have been read (run() in systemd's src/nspawn/nspawn.c), and the process has no rights on this host.
 */
export const judgeNspawnFile = (judged: JudgedFile): Command<Opinion> => ({
  ...unshare(
    'sh',
    '-c',
    judgeScript,
    'sh',
    'env',
    ...environment,
    judged.nspawn,
    '--register=no',
    `--settings=${judged.trusted ? 'trusted' : 'yes'}`,
    `--directory=${join(judged.directory, judged.name)}`,
  ),
  parse: ({ stderr }) => readOpinion(stderr, judged),
  timeoutMs: 20_000,
});

/** Whether this user may make the namespaces that a second opinion needs: exits 0 if so. */
export const tryNamespaces: Command<void> = { ...unshare('true'), parse: () => undefined, timeoutMs: 10_000 };
