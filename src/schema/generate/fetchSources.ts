/** Brings the source packages that Debian's mirror serves into the cache, with apt of this machine. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SourceProblem } from './cText.ts';

/** Newest last. A mirror drops old suites some day; one that may be absent is then left out. */
const suites: readonly { readonly name: string; readonly packages: readonly string[]; readonly mayBeAbsent?: true }[] =
  [
    { name: 'bullseye', packages: ['systemd'], mayBeAbsent: true },
    { name: 'bookworm', packages: ['systemd'] },
    // The libcgroup of bookworm, 2.0.2, converts nothing yet.
    { name: 'trixie', packages: ['systemd', 'libcgroup'] },
    // Mirrors lack the archive of its libcgroup, 3.2.0; the table that is read is the same at that tag of the repository.
    { name: 'forky', packages: ['systemd'] },
  ];

interface SourcePackage {
  /** What of it is read; the rest is not unpacked. */
  readonly members: readonly string[];
  /** With Debian's patches, security fixes above all: what people run is the patched source. */
  readonly patched: boolean;
}

const packages: Readonly<Record<string, SourcePackage>> = {
  systemd: { members: ['*/meson.*', '*/man/systemd.nspawn.xml', '*/src/*'], patched: true },
  // The mirrors that we know have upstream's archive of it only.
  libcgroup: { members: ['*/configure.ac', '*/src/*'], patched: false },
};

type Say = (text: string) => void;

/** @throws SourceProblem with what the tool said */
const run = (
  what: string,
  file: string,
  args: readonly string[],
  cwd?: string,
  env: NodeJS.ProcessEnv = {},
): string => {
  try {
    return execFileSync(file, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, LC_ALL: 'C.UTF-8', LANGUAGE: '', ...env },
    });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new SourceProblem(`${what} failed: ${said.split('\n').slice(-5).join('\n')}`);
  }
};

/** The Debian mirror that this machine's own apt uses. */
const debianMirror = (): string => {
  const targets = run('Asking apt for its mirror', 'apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI) $(SUITE)',
    'Created-By: Packages',
  ]);
  const line = targets
    .split('\n')
    .find((target) => target !== '' && !/-(?:security|updates|backports)\b/u.test(target));
  const mirror = line?.split(' ')[0];
  if (mirror === undefined)
    throw new SourceProblem(
      'apt names no Debian mirror on this machine; unpack the sources yourself and give them with --from',
    );
  return mirror;
};

/** Options that keep apt's lists and state in a folder of our own, so that nothing of this machine is touched. */
const privateApt = (folder: string, mirror: string, suite: string): readonly string[] => {
  for (const part of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'status'), '');
  writeFileSync(join(folder, 'sources.list'), `deb-src ${mirror} ${suite} main\n`);
  const options = {
    'Dir::Etc::SourceList': join(folder, 'sources.list'),
    'Dir::Etc::SourceParts': '/nonexistent',
    'Dir::State': folder,
    'Dir::State::Lists': join(folder, 'lists'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': join(folder, 'cache'),
    // The user that apt would step down to may not enter the cache.
    'APT::Sandbox::User': 'root',
    // Lists of a suite that is no longer updated grow old and stay right.
    'Acquire::Check-Valid-Until': 'false',
  };
  return Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
};

/**
 * Applies what Debian has changed in what is unpacked. The ceiling keeps git from taking the folder for a part of the
 * repository around it.
 */
const applyPatches = (folder: string): void => {
  const patches = join(folder, 'debian/patches');
  if (!existsSync(join(patches, 'series'))) return;
  const names = readFileSync(join(patches, 'series'), 'utf8').split('\n');
  for (const name of names.filter((line) => line !== '' && !line.startsWith('#')))
    run(
      `Applying ${name}`,
      'git',
      ['apply', '--include=src/*', '--include=man/systemd.nspawn.xml', join(patches, name.trim())],
      folder,
      { GIT_CEILING_DIRECTORIES: resolve(folder, '..') },
    );
};

/** The folder with an unpacked source, from the cache if it was there. */
const fetchPackage = (name: string, suite: string, folder: string, apt: readonly string[], say: Say): string => {
  const { members = [], patched = true } = packages[name] ?? {};
  const source = ['source', `${name}/${suite}`, ...(patched ? [] : ['--tar-only'])];
  const ending = patched ? '.dsc' : '.orig.tar';
  const [version] = run('Asking apt for the version', 'apt-get', [...apt, ...source, '--print-uris'])
    .split('\n')
    .flatMap((line) => /^'[^']+' (\S+) /u.exec(line)?.[1] ?? [])
    .flatMap((file) => (file.includes(ending) ? [file.slice(0, file.indexOf(ending))] : []));
  if (version === undefined) throw new SourceProblem(`the mirror names no source package ${name} in ${suite}`);
  const target = join(folder, version);
  if (existsSync(target)) return target;
  say(`${suite}: fetching ${version} …`);
  const partial = `${target}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial);
  run(
    `Fetching ${version} (now and then a mirror lacks a file of a source package: try again later, or give an unpacked copy with --from)`,
    'apt-get',
    [...apt, ...source, '--download-only'],
    partial,
  );
  const archives = readdirSync(partial).filter((entry) => /\.tar\.\w+$/u.test(entry));
  const upstream = archives.find((entry) => entry.includes('.orig.tar.'));
  if (upstream === undefined) throw new SourceProblem(`${version} has no archive of upstream`);
  run(`Unpacking ${upstream}`, 'tar', ['-xf', upstream, '--strip-components=1', '--wildcards', ...members], partial);
  for (const debian of archives.filter((entry) => entry !== upstream))
    run(`Unpacking ${debian}`, 'tar', ['-xf', debian], partial);
  for (const entry of readdirSync(partial)) if (entry.startsWith(`${name}_`)) rmSync(join(partial, entry));
  applyPatches(partial);
  renameSync(partial, target);
  return target;
};

/**
 * The folders of the unpacked sources, of systemd and of libcgroup.
 * @throws SourceProblem when the mirror, or a file on it, cannot be had
 */
export const fetchSources = (cache: string, say: Say): readonly string[] => {
  const folder = join(cache, 'sources');
  const mirror = debianMirror();
  const served = suites.filter(({ name, mayBeAbsent }) => {
    const apt = privateApt(join(folder, 'apt', name), mirror, name);
    say(`${name}: reading the list of sources of ${mirror} …`);
    try {
      run(`Reading the list of ${name}`, 'apt-get', [...apt, '-q', 'update']);
      return true;
    } catch (error) {
      if (mayBeAbsent !== true || !(error instanceof SourceProblem)) throw error;
      say(`${name}: this mirror no longer serves it; going on without it`);
      return false;
    }
  });
  return served.flatMap(({ name, packages }) => {
    const apt = privateApt(join(folder, 'apt', name), mirror, name);
    return packages.map((of) => fetchPackage(of, name, folder, apt, say));
  });
};
