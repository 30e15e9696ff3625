import { type FSWatcher, watch } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { ControlGroup } from '../../cgroups/controlGroup.ts';
import { counterpart, groupDirectory, groupFile } from '../../cgroups/groupDirectory.ts';
import { inSlices } from '../../host/boundedReads.ts';
import { type DirectoryEvent, type DirectoryWatch, watchDirectory } from '../../host/watchDirectory.ts';
import type { LxcPlaces } from '../places.ts';
import {
  canBelongTogether,
  containerOfMonitor,
  groupKeys,
  monitorKey,
  type PathsOfContainers,
  payloadKey,
  payloadOf,
  type RunningContainer,
} from './runningContainers.ts';

export interface RunningWatch {
  /** By name. */
  readonly running: () => ReadonlyMap<string, RunningContainer>;
  /** Watches, then reads all. */
  readonly start: () => Promise<void>;
  readonly stop: () => void;
  readonly readAll: () => Promise<void>;
}

/** The files in which the kernel tells that processes came, went or were frozen. */
const tellingFiles = new Set(['cgroup.events', 'freezer.state']);

const tells = (event: DirectoryEvent): boolean =>
  event.kind === 'replaced' || [...event.entries.keys()].some((name) => tellingFiles.has(name));

/**
 * Keeps which containers of a directory run, by the groups that LXC makes for each: that one comes or goes is told by the directory above,
 * that processes come, go or are frozen by the group itself. One look costs a few small files of the kernel, and no process.
 */
export const createRunningWatch = (
  places: Pick<LxcPlaces, 'proc' | 'hierarchies'>,
  /** The group in which LXC makes those of the containers. */
  parentGroup: () => ControlGroup | undefined,
  paths: () => PathsOfContainers,
  /** The names of those that started, ended or are another run now, or are frozen or unfrozen. */
  onChanged: (names: readonly string[]) => void,
): RunningWatch => {
  const running = new Map<string, RunningContainer>();
  /** What watches the group of a payload, and its file, by what stands behind `lxc.payload.`. */
  const payloads = new Map<string, readonly DirectoryWatch[]>();
  const pinned = new Map<string, FSWatcher>();
  const state: { parent: ControlGroup | undefined; above: DirectoryWatch | undefined } = {
    parent: undefined,
    above: undefined,
  };

  const unpin = (key: string): void => {
    pinned.get(key)?.close();
    pinned.delete(key);
  };

  /**
   * The kernel tells of a file that somebody has open or watches, or has looked at of late, and of no other: a start would go unnoticed whose
   * group nobody has looked into yet. So the file itself is watched, too, as soon as it is there.
   */
  const pin = (parent: ControlGroup, key: string): void => {
    if (pinned.has(key) || !payloads.has(key)) return;
    try {
      const watcher = watch(groupFile(payloadOf(parent, key), 'cgroup.events'), (type) => {
        if (type === 'rename') unpin(key);
        void lookAt(monitorsOf(parent, [key]));
      });
      // The group is gone: whoever looks next finds that.
      watcher.on('error', () => watcher.close());
      pinned.set(key, watcher);
    } catch {
      // Not there yet.
    }
  };

  /** Whether something is different now. */
  const look = (parent: ControlGroup, key: string): readonly string[] => {
    const now = containerOfMonitor(places, parent, key, paths());
    // Another group may have the same container by now: it has been started anew before the old group was gone.
    const before = [...running.values()].find((one) => one.key === key);
    if (isDeepStrictEqual(now, before)) return [];
    if (before !== undefined) running.delete(before.name);
    if (now !== undefined) running.set(now.name, now);
    return [before, now].flatMap((one) => one?.name ?? []);
  };

  /** The monitors that payloads may be of: those that are there, and those that were when somebody looked last. */
  const monitorsOf = (parent: ControlGroup, keys: readonly string[]): readonly string[] =>
    [...new Set([...groupKeys(parent).monitors, ...[...running.values()].map(({ key }) => key)])].filter((monitor) =>
      keys.some((key) => canBelongTogether(monitor, key)),
    );

  const forget = (key: string): void => {
    payloads.get(key)?.forEach((watch) => watch.close());
    payloads.delete(key);
    unpin(key);
  };

  const watchPayload = (parent: ControlGroup, key: string): void => {
    if (state.above === undefined || payloads.has(key)) return;
    const payload = payloadOf(parent, key);
    const freezer = places.hierarchies().find(({ controllers }) => controllers.includes('freezer'));
    const other = freezer === undefined || freezer === parent.hierarchy ? undefined : counterpart(payload, freezer);
    const groups = other === undefined ? [payload] : [payload, other];
    payloads.set(
      key,
      groups.map((group) =>
        watchDirectory(groupDirectory(group), (event) => {
          if (!tells(event)) return;
          pin(parent, key);
          void lookAt(monitorsOf(parent, [key]));
        }),
      ),
    );
    pin(parent, key);
  };

  const lookAt = async (keys: Iterable<string>): Promise<void> => {
    const { parent } = state;
    if (parent === undefined) return;
    const changed = new Set<string>();
    await inSlices(keys, (key) => {
      for (const name of look(parent, key)) changed.add(name);
    });
    if (changed.size > 0) onChanged([...changed]);
  };

  const readAll = async (): Promise<void> => {
    const parent = (state.parent ??= parentGroup());
    if (parent === undefined) return;
    const { monitors, payloads: there } = groupKeys(parent);
    for (const key of payloads.keys()) if (!there.includes(key)) forget(key);
    for (const key of there) watchPayload(parent, key);
    await lookAt(new Set([...monitors, ...[...running.values()].map(({ key }) => key)]));
  };

  const onGroups = (event: DirectoryEvent): void => {
    const { parent } = state;
    if (event.kind === 'replaced' || parent === undefined) {
      void readAll();
      return;
    }
    const names = [...event.entries.keys()];
    const monitors = names.flatMap((name) => monitorKey(name) ?? []);
    const touched = names.flatMap((name) => payloadKey(name) ?? []);
    if (monitors.length + touched.length === 0) return;
    const there = new Set(groupKeys(parent).payloads);
    for (const key of touched) {
      // A container that reboots gets another group of the same name, and what watched the old one hears nothing of it.
      forget(key);
      if (there.has(key)) watchPayload(parent, key);
    }
    void lookAt(new Set([...monitors, ...monitorsOf(parent, touched)]));
  };

  const stop = (): void => {
    state.above?.close();
    state.above = undefined;
    state.parent = undefined;
    for (const key of [...payloads.keys()]) forget(key);
  };

  return {
    running: () => running,
    readAll,
    start: async () => {
      stop();
      const parent = parentGroup();
      if (parent === undefined) return;
      state.parent = parent;
      state.above = watchDirectory(groupDirectory(parent), onGroups);
      await readAll();
    },
    stop,
  };
};
