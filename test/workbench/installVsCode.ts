/**
 * The VS Code that the tests and `npm start` use where there is no desktop: its server with the web workbench, which npm's
 * `code-server` package carries in `lib/vscode`, on the Node that npm's `node-linux-*` packages carry.
 */
import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runProgram } from '../host/boot/runProgram.ts';
import { runTool } from '../host/boot/runTool.ts';
import { hostPaths } from '../host/host.ts';
import { cacheRoot, ensureCached } from '../rig/cache.ts';
import { progress } from '../rig/progress.ts';
import type { Progress } from '../rig/progress.ts';
import { ownProgram } from '../rig/program.ts';
import type { Tool } from '../rig/program.ts';
import { buildLogModule, logObstacle } from './logModule.ts';

const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';

/** Raise it when the steps below change, so that every cache is built anew. */
const recipe = 1;

export interface VsCode {
  /** Holds `out/server-main.js`. */
  readonly vscode: string;
  /** The Node executable to run it with. */
  readonly node: string;
}

/** Agent host, sandboxing and Windows parts: running extensions needs none, and they are three quarters of the size. */
const unneededDependencies = [
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@devcontainers/cli',
  '@vscode/copilot-api',
  '@vscode/sandbox-runtime',
  '@vscode/sqlite3',
  'kerberos',
  'ssh2',
  '@vscode/windows-process-tree',
  '@vscode/windows-registry',
];

const architecture = (): 'x64' | 'arm64' => {
  if (process.arch === 'x64' || process.arch === 'arm64') return process.arch;
  throw new Error(`The VS Code server of the tests runs on x64 and arm64, not on ${process.arch}.`);
};

const prune = async (vscode: string, arch: string): Promise<void> => {
  const pty = join(vscode, 'node_modules/node-pty');
  for (const name of await readdir(join(pty, 'prebuilds'))) {
    if (!name.startsWith('linux-')) await rm(join(pty, 'prebuilds', name), { recursive: true });
  }
  await rm(join(pty, 'third_party'), { recursive: true, force: true });
  const ripgrep = join(vscode, 'node_modules/@vscode/ripgrep-universal/bin');
  for (const name of await readdir(ripgrep)) {
    if (name !== `linux-${arch}`) await rm(join(ripgrep, name), { recursive: true });
  }
};

const dropUnneededDependencies = async (vscode: string): Promise<void> => {
  const path = join(vscode, 'package.json');
  const manifest: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('dependencies' in manifest)) {
    throw new Error(
      `code-server ${codeServerVersion} has no dependencies in lib/vscode/package.json: the recipe is out of date.`,
    );
  }
  const kept = Object.entries(manifest.dependencies ?? {}).filter(([name]) => !unneededDependencies.includes(name));
  await writeFile(
    path,
    JSON.stringify({
      ...manifest,
      dependencies: Object.fromEntries(kept),
      overrides: undefined,
      allowScripts: undefined,
    }),
  );
};

/** The Node that `npm test` has fetched for itself serves VS Code as well; a system's own may need libraries of the system. */
const takeFetchedNode = async (to: string): Promise<boolean> => {
  if (dirname(dirname(process.execPath)) !== cacheRoot() || process.versions.node !== nodeVersion) return false;
  await link(process.execPath, to);
  return true;
};

const build = async (directory: string, report: Progress): Promise<void> => {
  const arch = architecture();
  const env = {
    // npm starts `node` by name; the native module is to be built for the one that will load it.
    PATH: `${directory}:${process.env['PATH'] ?? ''}`,
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    npm_config_loglevel: 'error',
  };
  const vscode = join(directory, 'vscode');
  const run = async (cwd: string, file: Tool, args: readonly string[]): Promise<void> => {
    await runTool(file, args, { cwd, env });
  };
  const unpack = async (name: string, version: string, inner: string, strip: number): Promise<void> => {
    await run(directory, 'npm', ['pack', '--silent', `${name}@${version}`]);
    const archive = join(directory, `${name}-${version}.tgz`);
    await run(directory, 'tar', ['-xzf', archive, `--strip-components=${strip}`, inner]);
    await rm(archive);
  };
  if (!(await takeFetchedNode(join(directory, 'node')))) {
    await report.step(`fetching Node ${nodeVersion} for VS Code from npm`, () =>
      unpack(`node-linux-${arch}`, nodeVersion, 'package/bin/node', 2),
    );
  }
  await report.step(`fetching the VS Code server from npm (code-server ${codeServerVersion})`, async () => {
    await unpack('code-server', codeServerVersion, 'package/lib/vscode', 2);
    await rm(join(vscode, 'extensions/copilot'), { recursive: true, force: true });
    await dropUnneededDependencies(vscode);
  });
  await report.step('installing what the VS Code server needs', async (detail) => {
    detail('npm install');
    // node-pty and the file watcher come prebuilt.
    await run(vscode, 'npm', ['install', '--omit=dev', '--ignore-scripts']);
    detail('built-in extensions');
    await run(join(vscode, 'extensions'), 'npm', ['install', '--omit=dev', '--ignore-scripts']);
    await prune(vscode, arch);
  });
  await buildLogModule(directory, env, report);
  await runProgram(ownProgram(join(directory, 'node')), [join(vscode, 'out/server-main.js'), '--version']);
};

const cacheName = 'vscode-server';

const vsCodeIn = (directory: string): VsCode => ({ vscode: join(directory, 'vscode'), node: join(directory, 'node') });

/** Where a host of the rig sees it, once `ensureVsCode` has put it into the cache. */
export const hostVsCode: VsCode = vsCodeIn(join(hostPaths.cache, cacheName));

/**
 * The VS Code server, fetched from npm and kept in the cache: half a minute the first time.
 * @throws Error, with what the failing tool said, where npm or the build does not work.
 */
export const ensureVsCode = async (report: Progress = progress): Promise<VsCode> => {
  const key = `code-server ${codeServerVersion}, node ${nodeVersion}, ${process.arch}, recipe ${recipe}`;
  const directory = await ensureCached(cacheName, key, build, report);
  const word = await logObstacle(directory);
  if (word !== undefined) report.say(word);
  return vsCodeIn(directory);
};
