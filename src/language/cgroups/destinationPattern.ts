import type { Destination } from './destinations.ts';
import { pathText } from './groupPath.ts';

/** Whether libcgroup makes the group of a destination: it does for every one that is not what it was after it has been read. */
export const isMade = ({ hasVariable, text }: Destination): boolean => hasVariable || text.includes('\\');

/** Whether a name is those parts with something between each two. Looks through the name once, whatever the parts are. */
const isFilled = (parts: readonly string[], name: string): boolean => {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at + 1);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length > at && name.endsWith(last);
};

/** Of names with destinations: each costs a look, and where there are so many of both nobody says that a group is of no use. */
const mostComparisons = 1_000_000;

/**
 * Tells of the path of a group whether libcgroup makes it for one of those destinations: whether it is one that they can lead
 * to, or a parent of one.
 */
export const groupsMadeFor = (destinations: readonly Destination[]): ((name: string) => boolean) => {
  // Mostly the first part is no variable, so few destinations have to be compared with a name.
  const byFirstPart = new Map<string | undefined, Map<string, readonly (readonly string[])[]>>();
  for (const destination of destinations.filter(isMade)) {
    const parts = destination.path.map(({ text }) => text.split(/%[UuGgPp]/u));
    const first = parts[0]?.length === 1 ? parts[0][0] : undefined;
    const found = byFirstPart.get(first) ?? new Map<string, readonly (readonly string[])[]>();
    byFirstPart.set(first, found.set(pathText(destination.path), parts));
  }
  let comparisons = 0;
  return (name) => {
    const names = name.split('/');
    const fits = (parts: readonly (readonly string[])[]): boolean =>
      names.length <= parts.length && names.every((one, index) => isFilled(parts[index] ?? [], one));
    return [names[0], undefined].some((first) => {
      const patterns = byFirstPart.get(first);
      if (patterns === undefined) return false;
      comparisons += patterns.size;
      return comparisons > mostComparisons || [...patterns.values()].some(fits);
    });
  };
};

/** PATH_MAX of Linux. */
const longestPath = 4096;

/** Each part of a path from its root on: `a`, `a/b`. */
export const pathsTo = (path: Destination['path']): readonly string[] => {
  const paths: string[] = [];
  let text = '';
  for (const segment of path) {
    text = text === '' ? segment.text : `${text}/${segment.text}`;
    // The kernel takes no longer path, and all beginnings of one without end are as much text as its square.
    if (text.length >= longestPath) break;
    paths.push(text);
  }
  return paths;
};

/**
 * The names that a template can have to be used for a destination: its beginnings, as they are written, from the first
 * variable on (cgroup_create_template_group() of api.c).
 */
export const templateNamesFor = (destination: Pick<Destination, 'text'>): readonly string[] => {
  const text = destination.text.endsWith('/') ? destination.text : `${destination.text}/`;
  const first = text.search(/%[UuGgPp]|\\/u);
  if (first < 0) return [];
  const names: string[] = [];
  for (let slash = text.indexOf('/', first); slash >= 0 && slash < longestPath; slash = text.indexOf('/', slash + 1))
    names.push(text.slice(0, slash));
  return names;
};
