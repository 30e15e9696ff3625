import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, ignoreOutput } from '../../command.ts';
import { codeOf, MachineError } from '../../errors.ts';
import { setGroupParameter } from '../../cgroups/parameters/setGroupParameter.ts';
import { lookAtGroup } from '../../cgroups/operate/seen.ts';
import type { Operation } from '../../operation.ts';
import type { DeviceAsker } from '../../backend.ts';
import { endOfFile } from '../../host/hostCommands.ts';
import type { AwaitedState } from '../../machine.ts';
import { type SettingKey, writeSettings } from '../commands/containerCommands.ts';
import { addressed, reasonIn } from '../commands/lxcTool.ts';
import { configFileOf, type ContainerRef, idOf } from '../places.ts';
import { configOf, readSettings, type Setting, withIncluded } from '../readConfig.ts';
import {
  byItsUser,
  containerOperation,
  expectState,
  filesFor,
  type LxcHost,
  missing,
  placesOf,
  requireRunning,
  runningNow,
  stopped,
} from './containerOperation.ts';

const tool = (file: string, ref: ContainerRef, ...args: readonly string[]): Command<void> => ({
  file,
  args: [...addressed(ref), ...args],
  parse: ignoreOutput,
  acts: true,
  reason: reasonIn,
});

/** @throws MachineError kernelRefused for what is no name of a file in a group */
const requireParameter = (path: string, parameter: string): void => {
  if (!/^[a-z0-9_]+(?:\.[a-zA-Z0-9_]+)+$/u.test(parameter))
    throw new MachineError({ kind: 'kernelRefused', path, text: parameter, code: 'EINVAL' });
};

/**
 * Sets a parameter of its control group until it stops. lxc-cgroup knows those of controllers only; what the kernel has for every group, such as
 * `cgroup.max.depth`, is written to its file.
 * @throws MachineError noSuchMachine, invalidName, kernelRefused for what is no parameter, noSuchGroup
 */
export const setParameter = async (
  host: LxcHost,
  ref: ContainerRef,
  parameter: string,
  value: string,
): Promise<Operation> => {
  const { payload } = requireRunning(host, ref);
  requireParameter(payload.path, parameter);
  if (parameter.startsWith('cgroup.')) return setGroupParameter(await lookAtGroup(payload), parameter, value);
  return containerOperation(ref, {
    command: tool('lxc-cgroup', ref, '--', parameter, value),
    obstacles: [stopped(host, ref)],
    // What the kernel has made of it is read by whoever shows it.
    settle: () => Promise.resolve(),
  });
};

/**
 * Writes a parameter of a version of control groups into its configuration, where it holds from the next start on; it may have stopped.
 * @throws MachineError kernelRefused for what is no parameter, invalidName, noSuchImage
 */
export const keepParameter = (
  host: LxcHost,
  ref: ContainerRef,
  version: 1 | 2,
  parameter: string,
  value: string,
): Operation => {
  requireParameter(configFileOf(ref), parameter);
  const key: SettingKey = `lxc.cgroup${version === 2 ? '2' : ''}.${parameter}`;
  return containerOperation(ref, {
    command: writeSettings(configFileOf(ref), [key], [[key, value]]),
    obstacles: [missing(ref)],
    settle: async () => {
      const settings = await readSettings(configFileOf(ref), filesFor(host, ref)).catch(() => undefined);
      if (settings !== undefined) expectState(ref, value, settings.findLast(([one]) => one === key)?.[1] ?? '');
    },
  });
};

/** A device of the host that is there inside, too; undefined where this user may not look. */
const isInside = (proc: string, leader: number, device: string): boolean | undefined => {
  try {
    const names = device.split('/').slice(1);
    const root = join(proc, `${leader}/root`);
    // A link would lead out of the container.
    for (const index of names.keys()) {
      const part = lstatSync(join(root, ...names.slice(0, index + 1)));
      if (index < names.length - 1 ? !part.isDirectory() : !part.isCharacterDevice() && !part.isBlockDevice())
        return false;
    }
    const [own, theirs] = [lstatSync(device), lstatSync(join(root, ...names))];
    return own.rdev === theirs.rdev && own.isBlockDevice() === theirs.isBlockDevice();
  } catch (error) {
    return codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM' ? undefined : false;
  }
};

const rule = /^(?:[abc] +(?:\d+|\*):(?:\d+|\*) +[rwm]+|\/\S+ +[rwm]+)/u;

/**
 * Whether LXC 5 and later install rules about devices when it starts, so that one more changes nothing for others. Without them the first
 * one is all that counts: everything else is denied. What only says `deny = a` installs none, a bad line is left out, and so is all that was
 * said before an empty one of the same key, or before all were allowed or denied.
 */
const hasDeviceRules = (settings: readonly Setting[]): boolean => {
  const lines = settings.filter(([key]) => /^lxc\.cgroup2(?:\.devices\.(?:allow|deny))?$/u.test(key));
  const cleared = (key: string): number =>
    lines.findLastIndex(([one, value]) => value === '' && (one === key || one === 'lxc.cgroup2'));
  const kept = lines.filter(([key, value], place) => value !== '' && place > cleared(key));
  const all = kept.findLastIndex(([, value]) => value === 'a');
  return (
    kept[all]?.[0] === 'lxc.cgroup2.devices.allow' ||
    kept.slice(all + 1).some(([key, value]) => rule.test(value) && !(key.endsWith('deny') && value.startsWith('a')))
  );
};

/** Its configuration, by root where this user may not look; without one there are no settings. @throws MachineError */
const settingsOf = async (host: LxcHost, ref: ContainerRef, { asRoot }: DeviceAsker): Promise<readonly Setting[]> => {
  const files = filesFor(host, ref);
  try {
    return await readSettings(configFileOf(ref), files);
  } catch (error) {
    if (codeOf(error) !== 'EACCES') return [];
  }
  const command = endOfFile(configFileOf(ref));
  return withIncluded(await asRoot(byItsUser(placesOf(host), ref, command)), files);
};

/**
 * Adds a device of the host to a running container, under the same path, or removes it there. Both are a rule for LXC.
 * @throws MachineError noSuchMachine, invalidName, deviceRefused, and what reading its configuration as root throws
 */
export const changeDevice = async (
  host: LxcHost,
  ref: ContainerRef,
  device: string,
  change: 'add' | 'remove',
  asker: DeviceAsker,
): Promise<Operation> => {
  const { payload } = requireRunning(host, ref);
  const refuse = (reason: 'unprivileged' | 'othersLost' | 'allLost'): MachineError =>
    new MachineError({ kind: 'deviceRefused', name: idOf(ref), device, reason });
  const settings = await settingsOf(host, ref, asker);
  if (configOf(settings).idMap.length > 0) throw refuse('unprivileged');
  if (payload.hierarchy.version === 2 && !hasDeviceRules(settings))
    throw refuse(change === 'add' ? 'othersLost' : 'allLost');
  return containerOperation(ref, {
    command: tool('lxc-device', ref, '--', change === 'add' ? 'add' : 'del', device),
    obstacles: [stopped(host, ref)],
    settle: () => {
      const leader = runningNow(host, ref)?.leader;
      const inside = leader === undefined ? undefined : isInside(placesOf(host).proc, leader, device);
      const words = (isThere: boolean): string => (isThere ? 'there' : 'gone');
      if (inside === undefined) asker.unseen();
      else expectState(ref, words(change === 'add'), words(inside));
      return Promise.resolve();
    },
  });
};

/**
 * Whether it is in that state now, asked of the kernel. One that is gone has stopped.
 * @throws MachineError noSuchImage where it is gone and another state is asked for, invalidName
 */
export const isInState = (host: LxcHost, ref: ContainerRef, state: AwaitedState): boolean => {
  const running = runningNow(host, ref);
  if (running !== undefined) return state === (running.frozen ? 'frozen' : 'running');
  if (state === 'stopped') return true;
  const failure = missing(ref)();
  if (failure !== undefined) throw new MachineError(failure);
  return false;
};
