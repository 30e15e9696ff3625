import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, ignoreOutput } from '../../command.ts';
import { asksForSize, type Creating, type CreationPlan, isSize, isWithin, type Store } from '../../creation.ts';
import { codeOf, MachineError } from '../../errors.ts';
import { waitUntil } from '../../waitUntil.ts';
import { destroy } from '../commands/containerCommands.ts';
import { addressed, reasonIn } from '../commands/lxcTool.ts';
import { isEntryName, requireNewName } from '../containerName.ts';
import { containerOperation, expectState, isRoot, ofThisUser, type LxcHost } from '../operate/containerOperation.ts';
import { configFileOf, type ContainerRef, idOf, isDefined } from '../places.ts';
import { templateArguments } from './templates.ts';

/** A template may fetch a whole distribution. */
const timeoutMs = 7_200_000;
const cleaningMs = 30_000;
const tidyingMs = 2_000;

/** What the script ends with where there is already something of the name: that is another's, and nothing of it is touched. */
const takenCode = 66;

/**
 * lxc-create removes what it has made when its template fails, but not when it is ended itself, and not an empty directory whose backing
 * store could not be made. The file `partial` stands in what is not finished; lxc-destroy removes that.
 * Parameters: directory, name, the tool and its arguments.
 */
const createScript = `directory=$1/$2 lxcpath=$1 name=$2
shift 2
if [ -e "$directory" ] || [ -L "$directory" ]; then exit ${takenCode}; fi
trap : INT TERM HUP
"$@"
code=$?
if [ "$code" -ne 0 ]; then
  [ ! -e "$directory/partial" ] || lxc-destroy "--lxcpath=$lxcpath" "--name=$name" >/dev/null 2>&1
  rmdir "$directory/rootfs" "$directory" 2>/dev/null
fi
exit "$code"
`;

const isOwn = (line: string): boolean => line.startsWith('lxc-create: ');

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The last words of a template that has failed, which lxc-create only says; else what lxc-create says. */
export const creationReason = (stderr: string, stdout: string): string => {
  const words = linesOf(stderr).filter((line) => !isOwn(line));
  const said = words.length > 0 ? words : linesOf(stdout);
  return stderr.includes('create_run_template:') && said.length > 0 ? said.slice(-4).join(' · ') : reasonIn(stderr);
};

/** What a person has to know of a container that is there now: what stands behind the last line of dashes, else whatever is said of a password or warned of. */
export const adviceIn = (stdout: string, stderr: string): readonly string[] => {
  const said = stdout.split('\n');
  const dashes = said.lastIndexOf('---');
  const message = dashes < 0 ? [] : linesOf(said.slice(dashes + 1).join('\n'));
  if (message.length > 0) return message;
  return [...linesOf(stdout), ...linesOf(stderr)].filter((line) => /\bpassword\b|\bwarning\b/iu.test(line)).slice(-4);
};

const invalid = (name: string): MachineError =>
  new MachineError({ kind: 'invalidName', name, problem: 'badCharacter' });

/** @throws MachineError invalidName */
const storeOptions = ({ kind, size, within }: Store): readonly string[] => {
  if (size !== undefined && !isSize(size)) throw invalid(size);
  if (within !== undefined && !isWithin(within)) throw invalid(within);
  const inside = kind === 'lvm' ? '--vgname' : kind === 'zfs' ? '--zfsroot' : undefined;
  return [
    `--bdev=${kind}`,
    ...(asksForSize(kind) && size !== undefined ? [`--fssize=${size}`, '--fstype=ext4'] : []),
    ...(inside === undefined || within === undefined ? [] : [`${inside}=${within}`]),
  ];
};

const creation = (
  ref: ContainerRef,
  plan: CreationPlan,
  more: Pick<Command<void>, 'parse' | 'follow'>,
): Command<void> => {
  const { template, answers, args, store } = plan;
  // A template by its path would be any program.
  if (!isEntryName(template)) throw invalid(template);
  const behind = templateArguments(template, answers, args);
  const last = behind.length === 0 ? [] : ['--', ...behind];
  const tool = ['lxc-create', ...addressed(ref), `--template=${template}`, ...storeOptions(store)];
  return {
    file: 'sh',
    args: ['-c', createScript, 'sh', ref.lxcpath, ref.name, ...tool, ...last],
    // Such as a password.
    hidden: behind.length,
    ...more,
    reason: creationReason,
    timeoutMs,
    acts: true,
  };
};

/** A container that is not finished has a file `partial`; undefined where this user may not look. */
const isFinished = (ref: ContainerRef): boolean | undefined => {
  const isThere = (path: string): boolean | undefined => {
    try {
      return lstatSync(path).isFile();
    } catch (error) {
      return codeOf(error) === 'EACCES' ? undefined : false;
    }
  };
  const config = isThere(configFileOf(ref));
  return config === undefined ? undefined : config && isThere(join(ref.lxcpath, ref.name, 'partial')) !== true;
};

/** Removes what a tool that was ended had made so far, where this user may; elsewhere the tool does, if it could be told. */
const removeUnfinished = async ({ run }: LxcHost, ref: ContainerRef): Promise<string | undefined> => {
  const isMine = isRoot() || ofThisUser(ref).asThisUser === true;
  const isGone = async (): Promise<boolean> => {
    if (isMine && isDefined(ref) === true && isFinished(ref) === false)
      await run(destroy(ref, false)).catch(() => undefined);
    return isDefined(ref) !== true;
  };
  await waitUntil(isGone, { signal: new AbortController().signal, limitMs: isMine ? cleaningMs : tidyingMs });
  const isThere = isDefined(ref);
  if (isThere === undefined) return 'unseen';
  return isThere ? 'unfinished' : undefined;
};

/**
 * Makes a container by lxc-create. What is left of one that could not be made is removed, or said.
 * @throws MachineError invalidName, nameTaken
 */
export const createContainer = (
  host: LxcHost,
  ref: ContainerRef,
  plan: CreationPlan,
  follow: (line: string) => void = ignoreOutput,
): Creating => {
  requireNewName(ref.name);
  const nameTaken = { kind: 'nameTaken', name: idOf(ref) } as const;
  if (isDefined(ref) === true) throw new MachineError(nameTaken);
  const said: { advice: readonly string[] } = { advice: [] };
  const command = creation(ref, plan, {
    parse: ({ stdout, stderr }) => {
      said.advice = adviceIn(stdout, stderr);
    },
    follow,
  });
  const operation = containerOperation(ref, {
    command,
    obstacles: [],
    settle: () => {
      expectState(ref, 'finished', isDefined(ref) !== false && isFinished(ref) !== false ? 'finished' : 'unfinished');
      return Promise.resolve();
    },
  });
  return {
    operation: {
      ...operation,
      stays: true,
      failureOf: (exitCode) => (exitCode === takenCode ? nameTaken : undefined),
      explain: async (signal, failed) => {
        if (failed?.exitCode === takenCode) return nameTaken;
        const found = await operation.explain(signal, failed);
        if (found !== undefined && failed !== undefined) return found;
        const left = isDefined(ref) === true ? { left: join(ref.lxcpath, ref.name) } : {};
        return { kind: 'notMade', name: idOf(ref), reason: failed?.stderr ?? '', ...left };
      },
      abandon: () => removeUnfinished(host, ref),
    },
    advice: () => said.advice,
  };
};
