import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import type { Entry, Span } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import type { HostNames } from '../namedOnHost.ts';
import { shown } from '../shown.ts';
import type { Reading } from './reading.ts';
import { linkMissing, pathMissing } from './rules.ts';

/** Without one of these on the host the container does not start. */
interface Need extends Span {
  readonly entry: Entry;
  readonly kind: 'bridge' | 'interface' | 'path';
  readonly name: string;
}

const needOf = (entry: Entry, kind: Need['kind'], name: string, at = 0): Need => {
  const start = entry.valueStart + at;
  return { entry, kind, name, start, end: start + name.length };
};

/** An absolute path that stands in a value as it is, without what a shell or LXC would make something else of. */
const pathIn = (entry: Entry, form: RegExp): readonly Need[] => {
  const match = form.exec(entry.value);
  const path = match?.groups?.['path'];
  if (path === undefined || path.includes('\0')) return [];
  return [needOf(entry, 'path', path, entry.value.indexOf(path))];
};

const wholePath = /^(?<path>\/.*)$/su;
const rootPath = /^(?:dir:)?(?<path>\/[^:]*)$/su;
/** Options with `optional` do without their source. */
const boundSource =
  /^(?<path>\/[^ \t\\"]*)[ \t]+[^ \t]+[ \t]+[^ \t]+[ \t]+(?![^ \t]*optional)(?:[^ \t,]*,)*r?bind(?:[, \t]|$)/u;
const program = /^(?<path>\/[\w./+-]*)(?=[ \t]|$)/u;
const programsOnHost = ['pre-start', 'pre-mount', 'start-host'];

const pathsIn = (reading: Reading): readonly Need[] => {
  const last = (name: string): readonly Entry[] => reading.entriesOf(name).slice(-1);
  const types = reading.entriesOf('lxc.rootfs.path').map(({ value }) => /^([^/:]+):/u.exec(value)?.[1]);
  return [
    // A type that is given once also holds for a later path without one.
    ...(types.some((type) => type !== undefined && type !== 'dir')
      ? []
      : last('lxc.rootfs.path').flatMap((entry) => pathIn(entry, rootPath))),
    ...['lxc.rootfs.mount', 'lxc.seccomp.profile', 'lxc.mount.fstab', 'lxc.console.path']
      .flatMap(last)
      .flatMap((entry) => pathIn(entry, wholePath)),
    ...reading.entriesOf('lxc.mount.entry').flatMap((entry) => pathIn(entry, boundSource)),
    ...programsOnHost
      .flatMap((hook) => reading.entriesOf(`lxc.hook.${hook}`))
      .flatMap((entry) => pathIn(entry, program)),
    ...[...reading.inFamily('lxc.namespace.share.').values()].flatMap((entries) =>
      entries.slice(-1).flatMap((entry) => pathIn(entry, wholePath)),
    ),
  ];
};

const linksIn = (reading: Reading): readonly Need[] =>
  [...reading.allDevices().values()].flatMap(({ type, settings }): readonly Need[] => {
    const link = settings.get('lxc.net.N.link')?.at(-1);
    // One of the type phys is in the container while that runs, and one with a plus is looked for.
    if (link === undefined || link.value.endsWith('+') || link.value.length > 15) return [];
    if (type?.value === 'veth') return [needOf(link, 'bridge', link.value)];
    return ['macvlan', 'ipvlan', 'vlan'].includes(type?.value ?? '') ? [needOf(link, 'interface', link.value)] : [];
  });

const needsOf = (reading: Reading): readonly Need[] => [...linksIn(reading), ...pathsIn(reading)];

/** What of the host decides whether the container starts. */
export const namesOnHostOfLxc = (reading: Reading): HostNames => {
  const needs = needsOf(reading);
  const paths = needs.flatMap(({ kind, name }) => (kind === 'path' ? [name] : []));
  return {
    interfaces: needs.some(({ kind }) => kind !== 'path'),
    paths: [...new Set(paths)],
    uppers: [],
    users: [],
  };
};

/** What the lines that count name of the host and the host does not have, where somebody has looked. */
export const onHostFindings = (reading: Reading, { named }: Pick<Context, 'named'>): readonly Finding[] => {
  if (named === undefined) return [];
  return needsOf(reading).flatMap((need): readonly Finding[] => {
    const name = shown(need.name);
    if (need.kind === 'path')
      return named.paths.get(need.name) === 'absent'
        ? [
            found(
              pathMissing,
              need,
              need.entry.line,
              l10n.t`This host has no ${name}, so the container does not start. Make it first, or name another path.`,
            ),
          ]
        : [];
    if (named.interfaces === undefined || named.interfaces.has(need.name)) return [];
    const message =
      need.kind === 'bridge'
        ? l10n.t`This host has no bridge ${name}, so the container does not start. Make it first, such as by starting ${'lxc-net'}.`
        : l10n.t`This host has no network interface ${name}, so the container does not start.`;
    return [found(linkMissing, need, need.entry.line, message)];
  });
};
