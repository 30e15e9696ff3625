import { mkdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { cacheRoot } from '../../rig/cache.ts';
import { withFileLock } from '../../rig/fileLock.ts';
import { findProgram, isTool, ownProgram, packageOf } from '../../rig/program.ts';
import type { InstallableTool, Program, Tool } from '../../rig/program.ts';
import { createProgress } from '../../rig/progress.ts';
import type { Progress } from '../../rig/progress.ts';
import { runProgram } from './runProgram.ts';

const missingPackages = (tools: readonly InstallableTool[]): string[] => [
  ...new Set(tools.filter((name) => findProgram(name) === undefined).map((name) => packageOf[name])),
];

const aptGet = async (...args: readonly string[]): Promise<void> => {
  const program = findProgram('apt-get');
  if (program === undefined) throw new Error(`apt-get ${args.join(' ')}: there is no apt-get here`);
  const env = { ...process.env, LC_ALL: 'C.UTF-8', LANGUAGE: '', DEBIAN_FRONTEND: 'noninteractive' };
  await runProgram(program, args, { env });
};

/** One process at a time: apt's own lock does not cover the update. */
const withApt = async (work: () => Promise<void>, report: Progress): Promise<void> => {
  await mkdir(cacheRoot(), { recursive: true });
  await withFileLock(join(cacheRoot(), 'apt.lock'), work, (pid) =>
    report.say(`waiting for process ${pid}, which is installing packages`),
  );
};

/** Fetches the lists of packages, which a fresh machine does not have. */
export const updatePackageLists = (report: Progress): Promise<void> =>
  withApt(() => report.step('fetching the lists of packages', () => aptGet('update', '-qq')), report);

/** Installs what is missing by apt, and says why. */
export const ensureTools = async (tools: readonly InstallableTool[], why: string, report: Progress): Promise<void> => {
  if (missingPackages(tools).length === 0) return;
  await withApt(async () => {
    const packages = missingPackages(tools);
    if (packages.length === 0) return;
    await report.step(`installing ${packages.join(', ')} (${why})`, async () => {
      await aptGet('update', '-qq');
      const quietly = ['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];
      await aptGet(...quietly, ...packages);
    });
  }, report);
};

/** Not on standard output: the supervisor of a host says other things there. */
const aside = createProgress(process.stderr);

const found = new Map<Tool, Program>();

/** An outside tool, ready to be started: one that is missing is installed. */
export const tool = async (name: Tool): Promise<Program> => {
  const before = found.get(name) ?? findProgram(name);
  if (before === undefined && name in packageOf) await ensureTools([name as InstallableTool], `for ${name}`, aside);
  const program = before ?? findProgram(name);
  if (program === undefined) throw new Error(`there is no ${name} on this machine`);
  found.set(name, program);
  return program;
};

/**
 * The same for the first word of a command line: the name of a tool, or the path of a program of ours.
 * @throws Error for a tool whose package nobody has named in rig/program.ts
 */
export const programNamed = async (word: string): Promise<Program> => {
  if (isAbsolute(word)) return ownProgram(word);
  if (!isTool(word)) throw new Error(`${word} is in no list of rig/program.ts, so nobody knows its package`);
  return tool(word);
};
