import { access, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { removeTree } from '../rig/cache.ts';
import type { Progress } from '../rig/progress.ts';
import { runTool } from '../host/boot/runTool.ts';
import { ensureTools } from '../host/boot/tools.ts';

/** Says why the log module is missing; not there when all is well. */
const wordFile = (directory: string): string => join(directory, 'no-log-module');

const headersIn = async (prefixes: readonly string[]): Promise<string | undefined> => {
  for (const prefix of prefixes) {
    try {
      await access(join(prefix, 'include/node/node_api.h'));
      return prefix;
    } catch {
      // The next prefix may have them.
    }
  }
  return undefined;
};

/**
 * The headers of a Node, so that node-gyp need not ask nodejs.org; they are of N-API, so any version's will do. Where this
 * machine has none, Debian's are unpacked into the directory; installed they could drive another Node away.
 */
const nodeHeaders = async (directory: string): Promise<string | undefined> => {
  const found = await headersIn([dirname(dirname(process.execPath)), '/usr', '/usr/local']);
  if (found !== undefined) return found;
  try {
    await runTool('apt-get', ['update', '-qq']);
    await runTool('apt-get', ['download', '-qq', 'libnode-dev'], { cwd: directory });
    const archive = (await readdir(directory)).find((name) => name.endsWith('.deb')) ?? '';
    await runTool('dpkg-deb', ['-x', join(directory, archive), directory]);
  } catch {
    // node-gyp tries nodejs.org, and says so when it fails.
  }
  return headersIn([join(directory, 'usr')]);
};

/** What is said at the end, without npm's own words around it. */
const reasonOf = (error: unknown): string => {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n');
  const telling = lines.map((line) => line.replace(/^(?:npm (?:error|ERR!)|gyp ERR!|E:)\s*/u, '').trim());
  return (
    telling.find((line) => /E[A-Z]{4,}|error|fail|not |cannot/u.test(line) && !line.includes('ended with')) ??
    telling[0] ??
    ''
  );
};

/**
 * Builds the native modules of an unpacked VS Code server, `vscode` in the directory, for the `node` beside it. Only log files
 * and output channels need one, so a failure is written down and is not the end.
 */
export const buildLogModule = async (directory: string, env: NodeJS.ProcessEnv, report: Progress): Promise<void> => {
  const temporary = await mkdtemp(join(tmpdir(), 'nspawn-headers-'));
  try {
    await ensureTools(['g++', 'make', 'python3'], "to build VS Code's log module", report);
    const headers = await nodeHeaders(temporary);
    await report.step("building VS Code's log module", () =>
      runTool('npm', ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], {
        cwd: join(directory, 'vscode'),
        env: { ...env, ...(headers === undefined ? {} : { npm_config_nodedir: headers }) },
      }),
    );
  } catch (error) {
    await writeFile(wordFile(directory), reasonOf(error));
  } finally {
    await removeTree(temporary);
  }
};

/** Why the output channels of the VS Code in that directory stay empty, as a sentence; undefined when they do not. */
export const logObstacle = async (directory: string): Promise<string | undefined> => {
  const reason = await readFile(wordFile(directory), 'utf8').catch(() => undefined);
  return reason === undefined
    ? undefined
    : `Output channels stay empty, because VS Code's log module could not be built (${reason}); remove ${directory} to try it again.`;
};
