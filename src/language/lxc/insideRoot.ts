import * as l10n from '@vscode/l10n';
import type { LxcRelease } from '../../schema/lxcTypes.ts';
import { type Entry, valueSpan } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import type { FoundInside, HostNames, NamedOnHost } from '../namedOnHost.ts';
import { shown } from '../shown.ts';
import { rootDirectory } from './checkTogether.ts';
import type { Reading } from './reading.ts';
import { devNotMade, insideMissing } from './rules.ts';
import { mountOf } from './startMounts.ts';
import { withoutDev } from './startSurprises.ts';

/** What the container needs in its root file system, and the kinds that will do. */
interface InsideNeed {
  readonly entry: Entry;
  readonly path: string;
  readonly kind: 'target' | 'program' | 'directory' | 'groups' | 'device';
  /** Of a mount. */
  readonly source?: string;
  readonly isMade?: boolean;
  readonly isBind?: boolean;
}

const isPlainPath = (path: string): boolean => /^\/[\w./+@:,-]*$/u.test(path) && !/(?:^|\/)\.\.(?:\/|$)/u.test(path);

/** What LXC mounts itself before. */
const ownMounts = /^\/(?:dev|proc|sys)(?:\/|$)/u;

const targetsIn = (reading: Reading, root: string): readonly InsideNeed[] => {
  const before: string[] = [];
  return reading.entriesOf('lxc.mount.entry').flatMap((entry): readonly InsideNeed[] => {
    const mount = mountOf(entry);
    if (mount === undefined) return [];
    const { source, target, options, isBind } = mount;
    const path = target.startsWith(`${root}/`) ? target.slice(root.length) : `/${target}`;
    const isOver = before.some((one) => path.startsWith(`${one}/`));
    before.push(path);
    if (options.includes('optional') || options.includes('relative') || ownMounts.test(path) || isOver) return [];
    if ((target.startsWith('/') && !target.startsWith(`${root}/`)) || !isPlainPath(path)) return [];
    const isMade = options.some((option) => option.startsWith('create='));
    return [{ entry, path, kind: 'target', source, isMade, isBind }];
  });
};

const forcedGroups = (reading: Reading): Entry | undefined => {
  const entries = reading.entriesOf('lxc.mount.auto');
  const hasWord =
    (form: RegExp) =>
    ({ value }: Entry): boolean =>
      value.split(/[ \t]+/u).some((word) => form.test(word));
  const mountsSys = reading.entriesOf('lxc.mount.entry').some(({ value }) => /^[^ \t]+[ \t]+[^ \t]*sys/u.test(value));
  return entries.some(hasWord(/^sys(?::|$)/u)) || mountsSys
    ? undefined
    : entries.findLast(hasWord(/^cgroup.*:force$/u));
};

const needsIn = (reading: Reading, release: LxcRelease, root: string): readonly InsideNeed[] => {
  const mounted = reading.entriesOf('lxc.mount.entry').flatMap((entry) => mountOf(entry)?.target ?? []);
  const isUncovered = ({ path }: InsideNeed): boolean =>
    !ownMounts.test(path) && !mounted.some((target) => path.startsWith(`/${target.replace(/^\/+/u, '')}`));
  const command = reading.entriesOf('lxc.init.cmd').at(-1);
  const program = /^\/[^ \t]*/u.exec(command?.value ?? '')?.[0];
  const place = reading.entriesOf('lxc.init.cwd').at(-1);
  const groups = forcedGroups(reading);
  const dev = withoutDev(reading);
  const isDevKept = dev !== undefined && dev.value !== '' && !mounted.some((target) => /^\/*dev(?:\/|$)/u.test(target));
  const programs: readonly InsideNeed[] = [
    ...(command === undefined || program === undefined
      ? []
      : [{ entry: command, path: program, kind: 'program' as const }]),
    ...reading
      .entriesOf('lxc.hook.start')
      .flatMap((entry): readonly InsideNeed[] => [{ entry, path: entry.value, kind: 'program' }]),
    ...(place === undefined || release !== '5.0'
      ? []
      : [{ entry: place, path: place.value, kind: 'directory' as const }]),
  ].filter(({ path }) => isPlainPath(path));
  return [
    ...targetsIn(reading, root),
    ...programs.filter(isUncovered),
    ...(groups === undefined ? [] : [{ entry: groups, path: '/sys/fs/cgroup', kind: 'groups' as const }]),
    ...(isDevKept ? [{ entry: dev, path: '/dev/null', kind: 'device' as const }] : []),
  ];
};

/** Nearly every root file system has one of these; where none is seen, it is not mounted or not made yet. */
const signs = ['/bin', '/usr', '/sbin'];

/** Of mounts and of hooks; a file with more is none that a person wrote, and each is held against each. */
const mostLines = 200;

/** The root file system of which it is known what lies in it when the container starts; hooks and other files may change that. */
const knownRoot = (reading: Reading): string | undefined => {
  const mayChange = ['pre-start', 'pre-mount', 'mount', 'autodev'].some(
    (hook) => reading.entriesOf(`lxc.hook.${hook}`).length > 0,
  );
  const isOther = reading.readsForeign || reading.entriesOf('lxc.mount.fstab').length > 0;
  const isLong = ['lxc.mount.entry', 'lxc.hook.start'].some((name) => reading.entriesOf(name).length > mostLines);
  const root = mayChange || isOther || isLong ? undefined : rootDirectory(reading);
  return root === '' ? undefined : root;
};

export const namesInside = (
  reading: Reading,
  release: LxcRelease,
): NonNullable<HostNames['ofContainers']>['inside'] => {
  const root = knownRoot(reading);
  const needs = root === undefined ? [] : needsIn(reading, release, root);
  if (root === undefined || needs.length === 0) return undefined;
  return { root, paths: [...new Set([...signs, ...needs.map(({ path }) => path)])] };
};

const faultOf = (need: InsideNeed, at: FoundInside, { paths }: NamedOnHost): string | undefined => {
  const path = shown(need.path);
  switch (need.kind) {
    case 'groups':
      return at === 'absent'
        ? l10n.t`Control groups are mounted below /sys, so without ${'sys:mixed'} the container does not start.`
        : undefined;
    case 'device':
      return at === 'absent'
        ? l10n.t`The root file system has no ${path} and LXC makes none with 0, so programs of the container that need devices fail.`
        : undefined;
    case 'directory':
      return at === 'directory'
        ? undefined
        : l10n.t`The root file system has no directory ${path}, so LXC 5.0 does not start the container.`;
    case 'program':
      if (at === 'program' || at === 'other') return undefined;
      return at === 'absent'
        ? l10n.t`The root file system has no ${path}, so the container does not start.`
        : l10n.t`In the root file system ${path} cannot be run, so the container does not start.`;
    case 'target': {
      if (at === 'absent')
        return need.isMade === true
          ? undefined
          : l10n.t`The root file system has no ${path} to mount this on, so the container does not start: make it, or add ${'create=dir'} or ${'create=file'}.`;
      const source = paths.get(need.source ?? '');
      const isDirectory = need.isBind !== true || source === 'directory';
      if (need.isBind === true && (source === undefined || source === 'absent')) return undefined;
      return isDirectory === (at === 'directory')
        ? undefined
        : l10n.t`A directory is mounted on a directory and a file on a file, and ${path} is the other kind, so the container does not start.`;
    }
  }
};

/** What the root file system lacks, where it was seen. */
export const insideFindings = (reading: Reading, named: NamedOnHost, release: LxcRelease): readonly Finding[] => {
  const root = knownRoot(reading);
  const { inside } = named;
  if (root === undefined || inside === undefined) return [];
  if (!signs.some((path) => (inside.get(path) ?? 'absent') !== 'absent')) return [];
  return needsIn(reading, release, root).flatMap((need): readonly Finding[] => {
    const at = inside.get(need.path);
    const message = at === undefined ? undefined : faultOf(need, at, named);
    const rule = need.kind === 'device' ? devNotMade : insideMissing;
    return message === undefined ? [] : [found(rule, valueSpan(need.entry), need.entry.line, message)];
  });
};
