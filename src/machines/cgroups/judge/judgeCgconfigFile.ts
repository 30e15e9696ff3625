import type { Command } from '../../command.ts';
import { asNobody } from '../../host/byNobody.ts';

/** What cgconfigparser says of a cgconfig.conf. */
export interface CgconfigOpinion {
  readonly taken: boolean;
  /** From 1: the line that it stopped at, which is often behind that of the mistake. */
  readonly line?: number;
  /** The word that it stopped at, as it prints it. */
  readonly at?: string;
  /** The controller that is mounted nowhere, which since libcgroup 3.0 refuses the file. */
  readonly unmounted?: string;
}

export interface JudgedCgconfig {
  readonly path: string;
  /** The word that `endingWithMistake` has put at the end. */
  readonly mark: string;
  /** Where cgconfigparser is: a name that is looked up in PATH, or an absolute path. */
  readonly parser: string;
  /** Whether this process is root, which then hands its rights away. */
  readonly isRoot: boolean;
}

/**
 * The text with a mistake at its end, so that cgconfigparser reads all of it and then always refuses it: it sets up nothing
 * before it has read a file to its end (cgroup_config_load_config() in libcgroup's src/config.c). The mistake begins as a block
 * that may only stand between blocks, so `mark` is reached if and only if the text is whole. A byte beyond ASCII or a NUL between
 * blocks ends the input for it, and with it the protection: each becomes a control character, which is as little allowed there
 * and as harmless in quotes and comments.
 */
export const endingWithMistake = (text: string, mark: string): string =>
  `${text.replace(/[^\0-\x7f]|\0/gu, '\x01')}\nmount { ${mark} ${mark}\n`;

/** Constant text for `sh -c`: cgconfigparser always fails here, and what it says is what counts. */
const judgeScript = '"$@"; exit 0';

/** It says only so which controller is mounted nowhere, and asks no systemd. */
const environment = ['CGROUP_LOGLEVEL=DEBUG', 'DBUS_SYSTEM_BUS_ADDRESS=unix:path=/dev/null'] as const;

const readOpinion = (said: string, mark: string): CgconfigOpinion | undefined => {
  const error = /^error at line number (\d+) at ([^]*?):syntax error$/mu.exec(said);
  if (error?.[2] === mark) return { taken: true };
  const line = error?.[1] ?? /^parsing failed at line number (\d+)/mu.exec(said)?.[1];
  const unmounted = /^failed to get cgroup version for controller (.+)$/mu.exec(said)?.[1];
  if (line === undefined && !said.includes('failed to parse file')) return undefined;
  return {
    taken: false,
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(error?.[2] === undefined ? {} : { at: error[2] }),
    ...(unmounted === undefined ? {} : { unmounted }),
  };
};

/**
 * Has the installed cgconfigparser read a file; nothing is set up. Undefined where it did not get as far as the file, such as on
 * a host without control groups; then `said` has its words.
 */
export const judgeCgconfigFile = ({
  path,
  mark,
  parser,
  isRoot,
}: JudgedCgconfig): Command<{ readonly opinion: CgconfigOpinion | undefined; readonly said: string }> => ({
  file: 'sh',
  args: ['-c', judgeScript, 'sh', 'env', ...environment, ...(isRoot ? asNobody : []), parser, '-l', path],
  parse: ({ stdout, stderr }) => {
    const said = `${stderr}\n${stdout}`;
    return { opinion: readOpinion(said, mark), said };
  },
  timeoutMs: 20_000,
});
