import { access, readFile, realpath, stat } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { accountsIn } from '../../../hostFiles/accountFiles.ts';
import type { Run } from '../../command.ts';
import { asUser } from '../../host/asUser.ts';
import { boundedReads } from '../../host/boundedReads.ts';
import { filesOfUser } from '../../host/files.ts';
import { installedTools } from '../../host/hostCommands.ts';
import { readHierarchies } from '../../cgroups/hierarchies.ts';
import type { HostUser } from '../../unprivilegedSetup.ts';
import { hasUserManager } from '../commands/delegatedScope.ts';
import { pathBelow, usualPathBelow } from '../places.ts';
import { readSettings, withIncluded } from '../readConfig.ts';
import type { Directory, Mapper, UnprivilegedFacts } from './checks.ts';
import { toolsOfRemedies } from './remedies.ts';

const textOf = (path: string): Promise<string | undefined> =>
  boundedReads(() => readFile(path, 'utf8')).catch(() => undefined);

const asIs = ({ stdout }: { readonly stdout: string }): string => stdout;

/** What a tool says that only looks; empty where it fails. */
const ask = (run: Run, file: string, ...args: readonly string[]): Promise<string> =>
  run({ file, args, parse: asIs, timeoutMs: 5_000 }).catch(() => '');

/** The same of files of another user's, as that user: links may lead anywhere. */
const askUser = (run: Run, user: HostUser, file: string, ...args: readonly string[]): Promise<string> => {
  const call = asUser(user, { file, args });
  return ask(run, call.file, ...call.args);
};

const mapperOf = async (
  run: Run,
  name: 'newuidmap' | 'newgidmap',
  installed: ReadonlySet<string>,
): Promise<Mapper | undefined> => {
  for (const path of [`/usr/bin/${name}`, `/usr/local/bin/${name}`, `/bin/${name}`]) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() !== true) continue;
    // What lies in /usr/local may be of whoever installs there.
    const isTrusted = found.uid === 0 && (found.mode & 0o022) === 0 && !path.startsWith('/usr/local/');
    if (found.uid === 0 && (found.mode & 0o4000) !== 0) return { path, may: 'yes', isTrusted };
    if (!installed.has('getcap')) return { path, may: 'unknown', isTrusted };
    const capabilities = await ask(run, 'getcap', path);
    const may = capabilities.includes(name === 'newuidmap' ? 'cap_setuid' : 'cap_setgid') ? 'yes' : 'no';
    return { path, may, isTrusted };
  }
  return undefined;
};

const bridgesHere = (): readonly string[] => {
  const directory = '/sys/class/net';
  try {
    return readdirSync(directory).filter((name) => existsSync(join(directory, name, 'bridge')));
  } catch {
    return [];
  }
};

/** From `/` on, as far as they are there. */
const directoriesAbove = async (
  path: string,
  run: Run,
  installed: ReadonlySet<string>,
): Promise<readonly Directory[]> => {
  const paths = [path];
  for (let above = dirname(path); above !== paths[0]; above = dirname(above)) paths.unshift(above);
  const found: Directory[] = [];
  for (const one of paths) {
    const there = await stat(one).catch(() => undefined);
    if (there?.isDirectory() !== true) break;
    const { mode, uid, gid } = there;
    const isOpen = (mode & 0o001) !== 0;
    const acl =
      isOpen || !installed.has('getfacl')
        ? undefined
        : await ask(run, 'getfacl', '--numeric', '--absolute-names', '--omit-header', '--', one);
    found.push({ path: one, mode, uid, gid, acl });
  }
  return found;
};

const groupsOf = (text: string, { name, gid }: HostUser): readonly string[] =>
  accountsIn(text).flatMap((group) =>
    group.id === gid || (group.fields[3] ?? '').split(',').includes(name) ? [group.name] : [],
  );

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Reads all that decides whether a user may run containers without privileges. Nothing is changed, and what cannot be read is empty. */
export const readUnprivilegedFacts = async (run: Run, user: HostUser): Promise<UnprivilegedFacts> => {
  const installed = await installedTools(
    toolsOfRemedies,
    (name) => name,
    `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`,
  );
  const usualFile = join(user.home, '.config/lxc/default.conf');
  const isOther = user.uid !== process.geteuid?.();
  // Many keep such files elsewhere, with a link here. It is the user who writes there, and the path that a person reads first.
  const configFile = isOther
    ? (await askUser(run, user, 'readlink', '--canonicalize', '--no-newline', '--', usualFile)) || usualFile
    : await realpath(usualFile).catch(() => usualFile);
  const switchOf = async (path: string): Promise<string | undefined> => (await textOf(`/proc/sys/${path}`))?.trim();
  const settingsOf = (path: string): Promise<UnprivilegedFacts['config']> => readSettings(path).catch(() => undefined);
  const settingsOfOther = async (): Promise<UnprivilegedFacts['config']> => {
    const text = await askUser(run, user, 'head', '--bytes=1000000', '--', configFile);
    return text === '' ? undefined : withIncluded(text, filesOfUser(user.uid));
  };
  return {
    user,
    groups: groupsOf((await textOf('/etc/group')) ?? '', user),
    subuid: (await textOf('/etc/subuid')) ?? '',
    subgid: (await textOf('/etc/subgid')) ?? '',
    mappers: {
      newuidmap: await mapperOf(run, 'newuidmap', installed),
      newgidmap: await mapperOf(run, 'newgidmap', installed),
    },
    switches: {
      userNamespaceClone: await switchOf('kernel/unprivileged_userns_clone'),
      maxUserNamespaces: await switchOf('user/max_user_namespaces'),
      appArmorRestricts: await switchOf('kernel/apparmor_restrict_unprivileged_userns'),
    },
    appArmorKnowsLxc: await isThere('/etc/apparmor.d/lxc-usernsexec'),
    usernet: (await textOf('/etc/lxc/lxc-usernet')) ?? '',
    bridges: bridgesHere(),
    hasBridgeService:
      (await isThere('/usr/lib/systemd/system/lxc-net.service')) ||
      (await isThere('/lib/systemd/system/lxc-net.service')),
    configFile,
    config: isOther ? await settingsOfOther() : await settingsOf(configFile),
    systemConfig: await settingsOf('/etc/lxc/default.conf'),
    directories: await directoriesAbove((isOther ? usualPathBelow : pathBelow)(user.home), run, installed),
    installed,
    hasManager: hasUserManager(`/run/user/${user.uid}`),
    hasUnifiedGroups: readHierarchies().some(({ version }) => version === 2),
  };
};
