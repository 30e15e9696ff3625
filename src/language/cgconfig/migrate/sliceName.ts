import { groupPath } from '../../cgroups/groupPath.ts';

/** unit_name_escape() of systemd, which `systemd-escape` prints: a slash is a dash, and what no name may have is \xNN. */
export const escapeForUnit = (text: string): string =>
  text.replaceAll(/^\.|[^\w:.]/gu, (character) =>
    character === '/'
      ? '-'
      : Array.from(new TextEncoder().encode(character), (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
  );

/** The unit that takes the place of a group. */
interface GroupUnit {
  readonly unit: string;
  readonly section: 'Slice' | 'Service' | 'Scope';
  /** systemd has it without a file, so settings go into a drop-in. */
  readonly exists: boolean;
}

const sections = { slice: 'Slice', service: 'Service', scope: 'Scope' } as const;
/** As systemd begins names of units; others with such an ending are plain groups. */
const ownUnit = /^[\w:\-.\\@]+\.(slice|service|scope)$/u;
const ownSlice = /^(?:system|user|machine|init|user-\d+)\.slice$/u;

/** Slices that systemd keeps for its own ends. */
const reserved: ReadonlySet<string> = new Set(['system', 'user', 'machine', 'capsule']);

/** Whether the slice of a group cannot be called like the group. */
export const isReserved = (name: string): boolean => reserved.has(groupPath(name).split('/')[0] ?? '');

/** The slice of a group: that of `a/b` is a-b.slice, which lies in a.slice. A group that is one of systemd's own stays it. */
export const unitOfGroup = (name: string): GroupUnit => {
  const path = groupPath(name);
  if (path === '') return { unit: '-.slice', section: 'Slice', exists: true };
  const parts = path.split('/');
  const [, ending] = ownUnit.exec(parts.at(-1) ?? '') ?? [];
  const isOfSystemd = ownSlice.test(parts[0] ?? '') || parts.slice(0, -1).some((part) => part.endsWith('.slice'));
  if (isOfSystemd && (ending === 'slice' || ending === 'service' || ending === 'scope'))
    return { unit: parts.at(-1) ?? '', section: sections[ending], exists: true };
  // A group called `system` has nothing to do with the slice of all services.
  const free = reserved.has(parts[0] ?? '') ? `cgroup_${path}` : path;
  return { unit: `${escapeForUnit(free)}.slice`, section: 'Slice', exists: false };
};

/** UNIT_NAME_MAX, with the NUL behind. */
export const isUnitTooLong = (unit: string): boolean => unit.length >= 256;

/** Whether a destination names a group for each user, as %u (the name) and %U (the number) do. */
export const perUserSlice = (name: string): boolean => /(?<!\\)%[uU]/u.test(name) && !/(?<!\\)%[gGpP]/u.test(name);

/** Whether a destination depends on who is put there. */
export const isTemplate = (name: string): boolean => /(?<!\\)%[uUgGpP]/u.test(name);
