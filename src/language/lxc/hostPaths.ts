import type { ConfigDocument, Entry, Span } from '../document.ts';
import type { HostPath } from '../namedOnHost.ts';
import { keyNamed } from './keys.ts';

const commandIn = (name: string, firstWord: Span): Span | undefined => {
  const isCommand = name.startsWith('lxc.net.N.script.') || name.startsWith('lxc.hook.');
  return isCommand && name !== 'lxc.hook.start' && name !== 'lxc.hook.version' ? firstWord : undefined;
};

/** Where in a value a path of the host stands; a path of the container is none. */
const pathIn = ({ key, value }: Entry): Span | undefined => {
  const named = keyNamed(key);
  if (named === undefined) return undefined;
  const { name, value: type } = named.key;
  const whole = { start: 0, end: value.length };
  const firstWord = { start: 0, end: /^[^ \t]*/u.exec(value)?.[0].length ?? 0 };
  if (name === 'lxc.rootfs.path') {
    const colon = value.indexOf(':');
    // The layers of an overlay are two paths.
    return value.includes(':', colon + 1) ? undefined : { start: colon + 1, end: value.length };
  }
  switch (type.kind) {
    case 'include':
    case 'logFile':
      return whole;
    case 'path':
      return name === 'lxc.init.cwd' ? undefined : whole;
    case 'mountEntry':
      return firstWord;
    default:
      return commandIn(name, firstWord);
  }
};

/** Absolute paths of the host that a configuration names: what it includes, the root file system, hooks, logs, sources of mounts. */
export const hostPathsOfLxc = (document: ConfigDocument): readonly HostPath[] =>
  document.loose.flatMap((entry) => {
    const span = pathIn(entry);
    const path = span === undefined ? '' : entry.value.slice(span.start, span.end);
    if (span === undefined || !path.startsWith('/')) return [];
    return [{ start: entry.valueStart + span.start, end: entry.valueStart + span.end, path }];
  });
