import type { Command } from '../../command.ts';
import { asNobody } from '../../host/byNobody.ts';

/** Where in the text a line stands, written in blanks in front of it, which LXC does not read and says with the line. */
const markLength = 24;

const markOf = (index: number): string =>
  index.toString(2).padStart(markLength, '0').replaceAll('0', ' ').replaceAll('1', '\t');

const indexOf = (mark: string): number => Number.parseInt(mark.replaceAll(' ', '0').replaceAll('\t', '1'), 2);

/** As an editor counts them; LXC ends a line at each of these, too. */
export const linesOf = (text: string): readonly string[] => text.split(/\r\n|\r|\n/u);

/**
 * Keys that make, open or follow something while LXC reads, or decide what it says meanwhile. What an earlier LXC called the
 * log is among them.
 */
const reaching = /^\s*lxc\.(?:log|include|rootfs\.options[^=]*=[^]*idmap=(?!container(?:,|$)))/u;

/** A line as LXC is given it: what reaches out of the text has its key and no value, which clears it and does nothing else. */
export const withoutReach = (line: string): string => (reaching.test(line) ? line.replace(/=[^]*$/u, '=') : line);

export const isInclude = (line: string): boolean => /^\s*lxc\.include\s*=\s*[^\s]/u.test(line);

/** The text in which LXC names a line by its mark. */
export const marked = (lines: readonly string[]): string =>
  lines.map((line, index) => `${markOf(index)}${line}\n`).join('');

export interface ReadText {
  /** A directory for what LXC makes when it reads: its locks. It is the home and the current one, too. */
  readonly directory: string;
  readonly path: string;
  /** Where lxc-info is: a name that is looked up in PATH, or an absolute path. */
  readonly tool: string;
  /** Whether this process is root, which then hands its rights away. */
  readonly isRoot: boolean;
}

export interface ReadByLxc {
  readonly outcome: 'taken' | 'refused' | 'crashed' | 'unread';
  /** From 0: the line that is refused. */
  readonly index?: number;
  /** Why, in words of liblxc, which often has none. */
  readonly reason?: string;
  /** All that it said. */
  readonly said: string;
}

/**
 * Constant text for `sh -c`. A crash leaves no core, and a text that keeps LXC busy or has it say much is ended or cut: its last
 * words are those that count.
 */
const script = `cd -- "$1" || exit 1
shift
ulimit -c 0
ulimit -t 10
{ "$@" 2>&1 >/dev/null
echo "end $?"
} | cut -b 1-4096 | tail -n 20`;

// Some versions say nothing of a line where no level is asked for.
const machine = 'judged';

/** `lxc-info: judged: ../src/lxc/confile.c: set_config_net_type: 447 ` in front of what is said. */
const said = new RegExp(`^lxc-info: ${machine}: \\S+: \\w+: \\d+ `, 'u');

const answerOf = (stdout: string, path: string): ReadByLxc => {
  const lines = stdout.split('\n');
  const code = Number(/^end (\d+)$/u.exec(lines.at(-2) ?? '')?.[1] ?? Number.NaN);
  if (code === 0) return { outcome: 'taken', said: stdout };
  if (code > 128) return { outcome: 'crashed', said: stdout };
  // Nothing in the text knows the path, so none of its lines can have another one named.
  const named = lines.map((line) => {
    const words = line.replace(said, '');
    return words.startsWith('Failed to parse config file ') ? words.split(`"${path}" at line "`)[1] : undefined;
  });
  const place = named.findIndex((line) => line !== undefined);
  const mark = named[place]?.slice(0, markLength) ?? '';
  if (!/^[ \t]+$/u.test(mark) || mark.length < markLength) return { outcome: 'unread', said: stdout };
  const before = lines[place - 1] ?? '';
  return {
    outcome: 'refused',
    index: indexOf(mark),
    ...(said.test(before) ? { reason: before.replace(said, '').trim() } : {}),
    said: stdout,
  };
};

/** Has the installed LXC read a configuration up to the first line that it refuses; no container is made, sought or started. */
export const readByLxc = ({ directory, path, tool, isRoot }: ReadText): Command<ReadByLxc> => ({
  file: 'sh',
  args: [
    ...['-c', script, 'sh', directory, ...(isRoot ? asNobody : []), 'env'],
    ...[`HOME=${directory}`, `XDG_RUNTIME_DIR=${directory}`, tool],
    ...['-l', 'ERROR', '-n', machine, '-P', directory, `--rcfile=${path}`, '-c', 'lxc.uts.name'],
  ],
  parse: ({ stdout }) => answerOf(stdout, path),
  timeoutMs: 20_000,
});
