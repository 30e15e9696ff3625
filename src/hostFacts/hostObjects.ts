import { lstat, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path/posix';
import { accountsIn, isPerson } from '../hostFiles/accountFiles.ts';
import { resolveInside } from '../hostFiles/paths.ts';
import type { HostObjects, SubordinateRange } from '../language/hostObjects.ts';
import { imageDirectories } from '../schema/imageDirectories.ts';
import { createAnswerBriefly } from './answerBriefly.ts';
import { imageTreeOf } from './imageTree.ts';
import { listInside, type Listed, readPlainFile } from './insideTree.ts';

/** Where a host keeps what is asked for; tests have directories of their own. */
export interface HostDirectories {
  readonly root: string;
  readonly interfaces: string;
  readonly blockDevices: string;
  readonly runningMachines: string;
  /** One directory for each profile that is loaded. */
  readonly appArmorProfiles: string;
  /** Where images lie, in the order in which systemd looks. */
  readonly images: readonly string[];
}

export const hostDirectories: HostDirectories = {
  root: '/',
  interfaces: '/sys/class/net',
  blockDevices: '/sys/block',
  runningMachines: '/run/systemd/machines',
  appArmorProfiles: '/sys/kernel/security/apparmor/policy/profiles',
  images: imageDirectories,
};

/** What is offered; a name of other letters could be taken for something else where it is put. */
const isOffered = (name: string): boolean => /^[a-zA-Z_][\w.-]{0,254}\$?$/u.test(name);

/** Names of a passwd or a group file, people first: they are the ones that are shared with a machine or that work in it. */
const namesIn = (file: string): readonly string[] => {
  const names = new Map<string, number>();
  for (const { name, id } of accountsIn(file)) if (isOffered(name) && !names.has(name)) names.set(name, id);
  const all = [...names];
  return [...all.filter(([, id]) => isPerson(id)), ...all.filter(([, id]) => !isPerson(id))].map(([name]) => name);
};

const namesOf = async (root: string, file: 'passwd' | 'group'): Promise<readonly string[]> =>
  namesIn(await readPlainFile(await resolveInside(root, `etc/${file}`)));

const blockDevicesIn = async (directory: string): ReturnType<HostObjects['blockDevices']> => {
  const names = (await listInside('/', directory)).filter(({ isDirectory }) => isDirectory);
  const read = names.map(async ({ name }) => ({
    name,
    // The kernel's own links lead here, and the file is a few bytes long.
    number: (await readFile(join(directory, name, 'dev'), 'utf8')).trim(),
  }));
  return Promise.all(read);
};

const interfacesIn = async (directory: string): ReturnType<HostObjects['networkInterfaces']> => {
  const names = await listInside('/', directory);
  return Promise.all(
    names
      .filter(({ isDirectory }) => isDirectory)
      .map(async ({ name }) => {
        const isBridge = await lstat(join(directory, name, 'bridge')).then(
          () => true,
          () => false,
        );
        return { name, kind: !isBridge ? 'other' : name.startsWith('vz-') ? 'zone' : 'bridge' } as const;
      }),
  );
};

/** systemd's own files beside those of machines, and what is not written to its end. */
const isMachine = (name: string): boolean => /^[\w-][\w.-]*$/u.test(name);

const machinesIn = async ({ runningMachines, images }: HostDirectories): Promise<readonly string[]> => {
  const none: readonly Listed[] = [];
  const list = (directory: string): Promise<readonly Listed[]> => listInside('/', directory).catch(() => none);
  const running = (await list(runningMachines)).map(({ name }) => name);
  const found = (await Promise.all(images.map(list))).flat().flatMap(({ name, isDirectory }) => {
    if (isDirectory) return [name];
    return name.endsWith('.raw') ? [name.slice(0, -4)] : [];
  });
  return [...new Set([...running, ...found])].filter(isMachine);
};

/** A directory is called by a number and by what is left of the name without slashes; the name itself stands in it. */
const profilesIn = async (directory: string): Promise<readonly string[]> => {
  const read = (await listInside('/', directory)).map(async ({ name }) =>
    // The kernel's own file, of one line.
    (await readFile(join(directory, name, 'name'), 'utf8').catch(() => '')).trim(),
  );
  return (await Promise.all(read)).filter((name) => /^[\w/-][\w./-]{0,254}$/u.test(name)).sort();
};

/** A real file has a line or two a user. */
const mostRanges = 200;

const rangesIn = async (root: string, file: 'subuid' | 'subgid'): Promise<readonly SubordinateRange[]> => {
  const text = await resolveInside(root, `etc/${file}`)
    .then(readPlainFile)
    .catch(() => '');
  const of = file === 'subuid' ? 'u' : 'g';
  return text.split('\n', mostRanges).flatMap((line) => {
    const [, user = '', first, count] = /^([^:]+):(\d{1,10}):(\d{1,10})$/u.exec(line.trim()) ?? [];
    return isOffered(user) ? [{ of, user, first: Number(first), count: Number(count) }] : [];
  });
};

/** A path that a system call would take. */
const isPath = (path: string): boolean => path.startsWith('/') && path.length < 4_096 && !path.includes('\0');

/**
 * Asks the host that this runs on, as the user that it runs as: what that user may not see is not offered. No answer takes
 * longer than about a second, nothing is written or opened that is no plain file or directory, and no link leads out of
 * the tree of an image.
 */
export const createHostObjects = (host: HostDirectories = hostDirectories): HostObjects => {
  const briefly = createAnswerBriefly();
  return {
    networkInterfaces: () => briefly('interfaces', [], () => interfacesIn(host.interfaces)),
    directory: (path) =>
      isPath(path) ? briefly(`directory ${path}`, [], () => listInside(host.root, path)) : Promise.resolve([]),
    users: () => briefly('users', [], () => namesOf(host.root, 'passwd')),
    groups: () => briefly('groups', [], () => namesOf(host.root, 'group')),
    blockDevices: () => briefly('block devices', [], () => blockDevicesIn(host.blockDevices)),
    imageUsers: (uri) =>
      briefly(`image users ${uri}`, [], async () => namesOf(await imageTreeOf(uri, host.images), 'passwd')),
    imageDirectory: (uri, path) =>
      isPath(path)
        ? briefly(`image directory ${path} of ${uri}`, [], async () =>
            listInside(await imageTreeOf(uri, host.images), path),
          )
        : Promise.resolve([]),
    machineNames: () => briefly('machines', [], () => machinesIn(host)),
    cpuCount: () => Promise.resolve(cpus().length),
    appArmorProfiles: () => briefly('profiles', [], () => profilesIn(host.appArmorProfiles)),
    subordinateRanges: () =>
      briefly('ranges', [], async () =>
        (await Promise.all([rangesIn(host.root, 'subuid'), rangesIn(host.root, 'subgid')])).flat(),
      ),
  };
};
