import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { debootstrap } from '../host/boot/debootstrap.ts';
import { runProgram } from '../host/boot/runProgram.ts';
import { runTool } from '../host/boot/runTool.ts';
import { ensureCached, repositoryRoot } from '../rig/cache.ts';
import { findProgram } from '../rig/program.ts';
import type { Progress } from '../rig/progress.ts';

const recipe = 1;

const packages = ['ca-certificates', 'git'];

/** Where the tests' copy of the repository lies in there. */
export const clonePath = '/root/clone';

/** A Debian 12 with nothing but what it needs to be one, git, and certificates; kept in the cache. */
export const ensureBareTree = (report: Progress): Promise<string> =>
  ensureCached(
    'bare-bookworm',
    `${recipe} ${packages.join(',')}`,
    (directory) =>
      report.step('building the bare Debian', (detail) =>
        debootstrap('bookworm', 'minbase', packages, directory, detail),
      ),
    report,
  );

/** Copies a file or directory of this machine to the same place below another root, where there is one. */
const copySame = async (path: string, root: string): Promise<void> => {
  if (!existsSync(path)) return;
  const target = join(root, path);
  await mkdir(dirname(target), { recursive: true });
  await cp(path, target, { recursive: true, force: true, verbatimSymlinks: true });
};

/** How this machine reaches Debian, without what packages of this machine have apt do before and after. */
const copyAptSettings = async (root: string): Promise<void> => {
  await writeFile(join(root, 'etc/apt/sources.list'), '');
  for (const name of ['sources.list', 'sources.list.d', 'keyrings', 'trusted.gpg', 'trusted.gpg.d', 'preferences.d'])
    await copySame(join('/etc/apt', name), root);
  for (const path of ['/etc/apt/auth.conf', '/etc/apt/auth.conf.d', '/usr/share/keyrings']) await copySame(path, root);
  const drops = '/etc/apt/apt.conf.d';
  const files = existsSync(drops) ? (await readdir(drops)).map((name) => join(drops, name)) : [];
  for (const path of ['/etc/apt/apt.conf', ...files]) {
    if (!existsSync(path) || /Invoke|Pre-Install-Pkgs/u.test(await readFile(path, 'utf8'))) continue;
    await copySame(path, root);
  }
};

/** The Node and the npm that PATH leads to, as a tarball of Node would put them. */
const copyNode = async (root: string): Promise<void> => {
  const [node, npm] = [findProgram('node'), findProgram('npm')];
  if (node === undefined || npm === undefined) throw new Error('there is no node or no npm in PATH');
  await cp(await realpath(node), join(root, 'usr/bin/node'));
  const home = dirname(dirname(await realpath(npm)));
  await cp(home, join(root, 'usr/lib/node_modules/npm'), { recursive: true, verbatimSymlinks: true });
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(root, 'usr/bin/npm'));
  await symlink('../lib/node_modules/npm/bin/npx-cli.js', join(root, 'usr/bin/npx'));
  for (const [key, target] of [
    ['userconfig', 'root/.npmrc'],
    ['globalconfig', 'usr/etc/npmrc'],
  ] as const) {
    const path = (await runProgram(npm, ['config', 'get', key], { cwd: '/' })).toString().trim();
    if (!existsSync(path)) continue;
    await mkdir(dirname(join(root, target)), { recursive: true });
    await writeFile(join(root, target), await readFile(path), { mode: 0o600 });
  }
};

/**
 * Fills a layer over the bare tree with what it has of this machine: Node and npm, the settings to reach registries with, and a
 * fresh clone. It is never kept: the settings may hold secrets.
 */
export const furnishBareTree = async (root: string): Promise<void> => {
  for (const directory of ['root', 'usr/bin', 'usr/lib/node_modules', 'etc/apt/apt.conf.d', 'srv'])
    await mkdir(join(root, directory), { recursive: true });
  await copyNode(root);
  await copyAptSettings(root);
  for (const path of ['/etc/resolv.conf', '/etc/ssl/certs/ca-certificates.crt', '/usr/local/share/ca-certificates'])
    await copySame(path, root);
  await writeFile(join(root, 'etc/hosts'), await readFile('/etc/hosts'));
  await writeFile(join(root, 'etc/hostname'), 'bare\n');
  await runTool('git', ['clone', '--quiet', '--depth', '1', `file://${repositoryRoot}`, join(root, clonePath)]);
};
