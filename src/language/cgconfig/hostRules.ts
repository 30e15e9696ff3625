import * as l10n from '@vscode/l10n';
import { cgroupSchema } from '../../schema/cgroupSchema.ts';
import type { Context, Host, MountedController } from '../context.ts';
import type { Entry, Section, Span } from '../document.ts';
import type { Finding, Fix, RuleInfo } from '../finding.ts';
import { found } from '../found.ts';
import { inSeries, shown } from '../shown.ts';
import { foreignVersion, knownHost, mountedAs } from './onHost.ts';
import { controllerNames, parametersNamed } from './parameters.ts';

const notMounted: RuleInfo = {
  id: 'controller-not-mounted',
  severity: 'error',
  effect: 'file-refused',
  title: l10n.t('A controller is one that this host has mounted'),
  variants: [{ severity: 'warning', effect: 'none' }],
};
const otherVersion: RuleInfo = {
  id: 'parameter-of-other-version',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('A parameter is of the version of cgroups that this host has'),
};
const mountOfTaken: RuleInfo = {
  id: 'mount-of-v2-controller',
  severity: 'info',
  effect: 'none',
  title: l10n.t('A controller of cgroup v2 can hardly be mounted as v1'),
};

export const hostRules: readonly RuleInfo[] = [notMounted, otherVersion, mountOfTaken];

/** Named among the mounts of the file itself, where `cpu,nodev` is a controller with an option. */
const mountedHere = (sections: readonly Section[]): ReadonlySet<string> =>
  new Set(
    sections.flatMap(({ keyword, entries }) =>
      keyword === 'mount' ? entries.flatMap(({ key }) => key.split(',')) : [],
    ),
  );

const successorNote = (name: string, host: Host): string => {
  const successor = cgroupSchema.controllers.find((one) => one.name === name)?.successor;
  if (successor === null) return l10n.t('cgroup v2 has no such controller.');
  const hasIt = host.controllers.some((one) => one.name === successor);
  return successor !== undefined && hasIt ? l10n.t`In its cgroup v2 ${successor} does that work.` : '';
};

/** Limits that take the same values under another name; -1 and max alone are different. */
const sameLimits: ReadonlyMap<string, string> = new Map([
  ['memory.limit_in_bytes', 'memory.max'],
  ['memory.max', 'memory.limit_in_bytes'],
]);

const renameFix = ({ key, keyStart, keyEnd, value }: Entry, there: ReadonlySet<string>): readonly Fix[] => {
  const other = sameLimits.get(key);
  if (other === undefined || !/^\d/u.test(value) || there.has(other)) return [];
  return [{ title: l10n.t`Write ${other}`, changes: [{ start: keyStart, end: keyEnd, text: other }] }];
};

const keySpan = ({ keyStart, keyEnd }: Entry): Span => ({ start: keyStart, end: keyEnd });

const checkVersion = (
  entry: Entry,
  there: ReadonlySet<string>,
  mounted: MountedController,
  context: Context,
): readonly Finding[] => {
  const parameters = parametersNamed(entry.key);
  if (foreignVersion(entry.key, parameters, mounted.name, context) === undefined) return [];
  const equivalents = parameters.flatMap((parameter) => parameter.equivalents);
  const { name, version } = mounted;
  const message =
    equivalents.length === 0
      ? l10n.t`This host has ${name} as cgroup v${version}, where the kernel has no ${entry.key}, so setting up the group fails; cgroup v${version} has nothing like it.`
      : equivalents.length === 1
        ? l10n.t`This host has ${name} as cgroup v${version}, where the kernel has no ${entry.key}, so setting up the group fails; in cgroup v${version} ${equivalents.join('')} comes closest.`
        : l10n.t`This host has ${name} as cgroup v${version}, where the kernel has no ${entry.key}, so setting up the group fails; in cgroup v${version} ${inSeries(equivalents)} come closest.`;
  const fixes = renameFix(entry, there);
  return [found(otherVersion, keySpan(entry), entry.line, message, fixes.length === 0 ? {} : { fixes })];
};

const checkController = (block: Section, context: Context, host: Host, isMounted: boolean): readonly Finding[] => {
  const { name, nameStart: start, nameEnd: end, line } = block;
  const mounted = mountedAs(context, name);
  if (mounted !== undefined) {
    const there = new Set(block.entries.map(({ key }) => key));
    return block.entries.flatMap((entry) => checkVersion(entry, there, mounted, context));
  }
  // The one that stands for the files of every group, and one that Linux does not have, are told of elsewhere, and which named hierarchy counts depends on how libcgroup was built.
  if (
    isMounted ||
    name === 'cgroup' ||
    name === 'name=systemd' ||
    !(controllerNames.includes(name) || name.startsWith('name='))
  )
    return [];
  const isOld = context.libcgroupVersion === '2.0.2';
  const what = isOld
    ? l10n.t`This host has not mounted ${shown(name)}: setting up the group fails.`
    : l10n.t`This host has not mounted ${shown(name)}: libcgroup 3.0 and later refuse the whole file.`;
  const message = `${what} ${successorNote(name, host)}`.trimEnd();
  return [found(notMounted, { start, end }, line, message, isOld ? { severity: 'warning', effect: 'none' } : {})];
};

const checkNamespace = (block: Section, host: Host): readonly Finding[] =>
  block.entries.flatMap((entry) => {
    if (host.controllers.some(({ name }) => name === entry.key)) return [];
    const message = l10n.t`This host has not mounted ${shown(entry.key)}: libcgroup refuses the whole file when it is loaded.`;
    return [found(notMounted, keySpan(entry), entry.line, message)];
  });

const checkMount = (block: Section, host: Host): readonly Finding[] =>
  block.entries.flatMap((entry) => {
    const [name] = entry.key.split(',');
    if (!host.controllers.some((one) => one.name === name && one.version === 2)) return [];
    const message = l10n.t`On this host ${shown(entry.key)} belongs to cgroup v2: the kernel mounts it as v1 only while no group there uses it, so loading the file is likely to fail.`;
    return [found(mountOfTaken, keySpan(entry), entry.line, message)];
  });

/** What this host will not make of a file that libcgroup takes elsewhere; nothing where the host is not known. */
export const checkOnHost = (sections: readonly Section[], context: Context): readonly Finding[] => {
  const host = knownHost(context);
  if (host === undefined) return [];
  const isOld = context.libcgroupVersion === '2.0.2';
  // Since 3.0 controllers are looked for while the file is read, which is before it mounts any.
  const here: ReadonlySet<string> = isOld ? mountedHere(sections) : new Set();
  return sections.flatMap((section) => {
    switch (section.keyword) {
      case 'template':
      case 'group': {
        // Before 3.0 a template is only looked at when a rule needs it.
        if (isOld && section.keyword === 'template') return [];
        const blocks = section.sections.filter(({ keyword }) => keyword === 'controller');
        return blocks.flatMap((block) => checkController(block, context, host, here.has(block.name)));
      }
      case 'namespace':
        return checkNamespace(section, host);
      case 'mount':
        return checkMount(section, host);
      default:
        return [];
    }
  });
};
