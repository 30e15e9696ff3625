import { isDeepStrictEqual } from 'node:util';
import type { ControlGroup } from '../../cgroups/controlGroup.ts';
import { groupDirectory } from '../../cgroups/groupDirectory.ts';
import { type DirectoryEvent, type DirectoryWatch, watchDirectory } from '../../host/watchDirectory.ts';
import type { LxcPlaces } from '../places.ts';
import type { PathsOfContainers, RunningContainer } from './runningContainers.ts';
import { childOf, groupsIn, isGroup, isGroupOfContainer, mayHoldContainers, mostGroups } from './placeOfGroups.ts';
import { createRunningWatch, type RunningWatch } from './watchRunning.ts';

interface Level {
  readonly group: ControlGroup;
  /** Undefined while nobody watches. */
  readonly watch: DirectoryWatch | undefined;
  /** As soon as containers have been started in this group. */
  running: RunningWatch | undefined;
}

/**
 * Keeps which containers of a user run. LXC makes their groups in the one in which they were started, so each group of the user's slice is
 * watched for those that come and go in it, and, where containers have been started in it, as the top of the hierarchy is for those of root.
 */
export const createUserRunningWatch = (
  places: Pick<LxcPlaces, 'proc' | 'hierarchies'>,
  top: () => ControlGroup | undefined,
  paths: () => PathsOfContainers,
  onChanged: (names: readonly string[]) => void,
): RunningWatch => {
  const levels = new Map<string, Level>();
  const state: { isWatching: boolean; told: ReadonlyMap<string, RunningContainer> } = {
    isWatching: false,
    told: new Map(),
  };

  const found = (): ReadonlyMap<string, RunningContainer> =>
    new Map(
      [...levels.values()].flatMap(({ running }) =>
        [...(running?.running().values() ?? [])].map((one) => [one.name, one]),
      ),
    );

  /** One that is started anew elsewhere is found there before its old group is gone: what counts is what all groups say together. */
  const tell = (): void => {
    const before = state.told;
    const now = found();
    state.told = now;
    const names = new Set([...before.keys(), ...now.keys()]);
    const changed = [...names].filter((name) => !isDeepStrictEqual(before.get(name), now.get(name)));
    if (changed.length > 0) onChanged(changed);
  };

  const closeLevel = ({ group, watch, running }: Level): void => {
    watch?.close();
    running?.stop();
    levels.delete(group.path);
  };

  const forgetBelow = (path: string): void => {
    for (const level of levels.values()) if (level.group.path.startsWith(`${path}/`)) closeLevel(level);
  };

  const holdsContainers = async (level: Level): Promise<void> => {
    if (level.running !== undefined) return;
    level.running = createRunningWatch(places, () => level.group, paths, tell);
    await (state.isWatching ? level.running.start() : level.running.readAll());
  };

  const see = async (level: Level, name: string): Promise<void> => {
    if (isGroupOfContainer(name)) {
      await holdsContainers(level);
      return;
    }
    if (!mayHoldContainers(name)) return;
    const child = childOf(level.group, name);
    if (isGroup(child)) {
      await add(child);
      return;
    }
    forgetBelow(child.path);
    const gone = levels.get(child.path);
    if (gone === undefined) return;
    closeLevel(gone);
    tell();
  };

  const scan = async (level: Level): Promise<void> => {
    for (const name of groupsIn(level.group)) await see(level, name);
  };

  const onEvent = ({ path }: ControlGroup, event: DirectoryEvent): void => {
    const level = levels.get(path);
    if (level === undefined) return;
    if (event.kind === 'replaced') {
      forgetBelow(path);
      tell();
      void scan(level);
      return;
    }
    for (const [name, type] of event.entries) if (type === 'rename') void see(level, name);
  };

  const add = async (group: ControlGroup): Promise<void> => {
    if (levels.has(group.path) || levels.size >= mostGroups) return;
    const watch = state.isWatching
      ? watchDirectory(groupDirectory(group), (event) => onEvent(group, event))
      : undefined;
    const level: Level = { group, watch, running: undefined };
    levels.set(group.path, level);
    await scan(level);
  };

  const readAll = async (): Promise<void> => {
    const group = top();
    if (group === undefined) return;
    for (const level of levels.values())
      if (level.group.path !== group.path && !isGroup(level.group)) closeLevel(level);
    await add(group);
    for (const level of levels.values()) {
      await scan(level);
      await level.running?.readAll();
    }
    tell();
  };

  const stop = (): void => {
    for (const level of levels.values()) closeLevel(level);
    state.isWatching = false;
  };

  return {
    running: found,
    readAll,
    start: async () => {
      stop();
      state.isWatching = true;
      await readAll();
    },
    stop,
  };
};
