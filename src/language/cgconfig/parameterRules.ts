import * as l10n from '@vscode/l10n';
import type { CgroupVersion } from '../../schema/cgroupTypes.ts';
import type { Context } from '../context.ts';
import { type Entry, type Section, type Span, valueSpan } from '../document.ts';
import type { Finding, Fix, RuleInfo } from '../finding.ts';
import { found } from '../found.ts';
import { comparable, nearestAmong, orMeant, type ComparableName } from '../nearestName.ts';
import { shown } from '../shown.ts';
import { knownHost, mountedAs } from './onHost.ts';
import { controllerNames, isReachable, parametersNamed, parametersOf, versionOnly, writtenName } from './parameters.ts';
import { valueFault } from './parameterValue.ts';

const rule = (id: string, severity: 'error' | 'warning' | 'info', title: string): RuleInfo => ({
  id,
  severity,
  effect: 'none',
  title,
});

const unknownController: RuleInfo = {
  ...rule('unknown-controller', 'warning', l10n.t('A group holds controllers that Linux has')),
  variants: [{ severity: 'error', effect: 'file-refused' }],
};
const pseudoController = rule('pseudo-controller', 'warning', l10n.t('A group has no block cgroup'));
const unknownParameter = rule('unknown-parameter', 'warning', l10n.t('A parameter is a file that the kernel has'));
const parameterLeadsOut = rule(
  'parameter-leads-out',
  'error',
  l10n.t('A parameter is a file in the directory of its group'),
);
const otherController = rule(
  'parameter-of-other-controller',
  'warning',
  l10n.t('A parameter stands in its own controller'),
);
const readOnly: RuleInfo = {
  ...rule('read-only-parameter', 'warning', l10n.t('A file that can only be read is not set')),
  effect: 'ignored',
  variants: [{ severity: 'warning', effect: 'none' }],
};
const severalLines: RuleInfo = {
  ...rule('value-of-several-lines', 'warning', l10n.t('A value is one line')),
  effect: 'ignored',
};
const invalidValue = rule('invalid-parameter-value', 'warning', l10n.t('The kernel takes the value of a parameter'));
const unitDropped = rule('unit-dropped', 'warning', l10n.t('Limits of devices have no unit'));
const clamped = rule('clamped-parameter-value', 'info', l10n.t('The kernel takes a value as it is written'));
const deprecated = rule('deprecated-parameter', 'info', l10n.t('The kernel heeds a parameter'));
const mixed: RuleInfo = {
  ...rule('mixed-cgroup-versions', 'warning', l10n.t('A group has parameters of one version of cgroups')),
  variants: [{ severity: 'info', effect: 'none' }],
};

export const parameterRules: readonly RuleInfo[] = [
  unknownController,
  pseudoController,
  unknownParameter,
  parameterLeadsOut,
  otherController,
  readOnly,
  severalLines,
  invalidValue,
  unitDropped,
  clamped,
  deprecated,
  mixed,
];

const replace = ({ start, end }: Span, text: string): Fix => ({
  title: l10n.t`Write ${text}`,
  changes: [{ start, end, text }],
});

const keySpan = ({ keyStart, keyEnd }: Entry): Span => ({ start: keyStart, end: keyEnd });

/** The name that was probably meant. */
type Nearest = (written: string) => string | undefined;

/** Names are put in order once for all that are wrong beside one another, and only where one is. */
const nearestOf = (names: () => readonly string[]): Nearest => {
  let ready: readonly ComparableName[] | undefined;
  return (written) => {
    ready ??= comparable(names());
    return nearestAmong(written, ready);
  };
};

/** Among the parameters that a controller has and that its block does not set yet. */
const nearestParameter = ({ name: controller, entries }: Section): Nearest =>
  nearestOf(() => {
    const there = new Set(entries.map(({ key }) => key));
    const names = [...parametersOf(controller), ...parametersOf('cgroup')].map(writtenName);
    return names.filter((name) => !there.has(name));
  });

/** Among the controllers that a group does not name yet. */
const nearestController = ({ sections }: Section): Nearest =>
  nearestOf(() => {
    const there = new Set(sections.map(({ keyword, name }) => (keyword === 'controller' ? name : '')));
    return controllerNames.filter((name) => !there.has(name));
  });

const checkUnknown = (entry: Entry, nearest: Nearest): Finding => {
  const near = nearest(entry.key);
  const message = l10n.t`The kernel has no parameter ${shown(entry.key)}: libcgroup takes the line, but setting up the group fails.`;
  return found(
    unknownParameter,
    keySpan(entry),
    entry.line,
    orMeant(message, near),
    near === undefined ? {} : { fixes: [replace(keySpan(entry), near)] },
  );
};

/** cgroup_set_values_recursive() of api.c puts the name behind the path of the group, and opens what that leads to. */
const leadsOut = (entry: Entry): Finding => {
  const message = l10n.t`libcgroup puts ${shown(entry.key)} behind the directory of the group and writes to that file, as root, wherever it is: also to one that is no parameter. The name of a parameter has no “/”.`;
  return found(parameterLeadsOut, keySpan(entry), entry.line, message);
};

/** Each line of a value is a write of its own (cg_set_control_value() of api.c). */
const checkValue = (entry: Entry): readonly Finding[] => {
  const parameters = parametersNamed(entry.key);
  const findings: Finding[] = [];
  let from = 0;
  for (const line of entry.value.split('\n')) {
    const start = entry.valueStart + from + (line.length - line.trimStart().length);
    const span = { start, end: start + line.trim().length };
    from += line.length + 1;
    // Both versions may have a file of that name; one that takes the value is enough.
    const faults = parameters.map((parameter) => valueFault(line, parameter));
    const [fault] = faults;
    if (fault === undefined || faults.includes(undefined)) continue;
    const value = shown(line.trim());
    if (fault.kind === 'refused')
      findings.push(
        found(
          invalidValue,
          span,
          entry.line,
          `${l10n.t`The kernel refuses ${value} for ${entry.key}, and setting up the group fails.`} ${l10n.t`The kernel wants ${fault.reason}.`}`,
        ),
      );
    else if (fault.kind === 'clamped')
      findings.push(
        found(
          clamped,
          span,
          entry.line,
          l10n.t`The range of ${entry.key} ends before ${value}, so the kernel takes ${fault.reason} instead.`,
          { fixes: [replace(span, fault.reason)] },
        ),
      );
    else
      findings.push(
        found(
          unitDropped,
          span,
          entry.line,
          l10n.t`The kernel knows no units here, so it takes ${fault.reason} and drops what stands behind the digits of ${value}.`,
        ),
      );
  }
  return findings;
};

/** libcgroup 3.1 and later write no value that has a line end before its last character. */
const isSkipped = ({ value }: Entry): boolean => /\n[^]/u.test(value);

const checkEntry = (entry: Entry, controller: string, isOld: boolean, nearest: Nearest): readonly Finding[] => {
  const parameters = parametersNamed(entry.key);
  const [first] = parameters;
  if (first === undefined) return [entry.key.includes('/') ? leadsOut(entry) : checkUnknown(entry, nearest)];
  if (!parameters.some((parameter) => isReachable(parameter.controller, controller)))
    return [
      found(
        otherController,
        keySpan(entry),
        entry.line,
        l10n.t`${entry.key} is a file of ${first.controller}, and libcgroup looks for it where ${controller} is mounted; put it into a block ${first.controller}.`,
      ),
    ];
  if (parameters.every(({ access }) => access === 'read'))
    return [
      found(
        readOnly,
        keySpan(entry),
        entry.line,
        isOld
          ? l10n.t`${entry.key} can only be read: the kernel refuses to set it, and setting up the group fails.`
          : l10n.t`${entry.key} can only be read: libcgroup skips the setting.`,
        isOld ? { effect: 'none' } : {},
      ),
    ];
  if (!isOld && isSkipped(entry)) {
    const message = l10n.t`libcgroup 3.1 and later skip a value of several lines, without a word: ${entry.key} is not set. Write one line, and leave the others to a tool that runs afterwards.`;
    return [found(severalLines, valueSpan(entry), entry.line, message)];
  }
  const findings = checkValue(entry);
  if (!parameters.every((parameter) => parameter.deprecated === true)) return findings;
  const message = l10n.t`${entry.key} is outdated: today's kernels do not heed it, do not have it, or warn of it.`;
  return [found(deprecated, keySpan(entry), entry.line, message, { tag: 'deprecated' }), ...findings];
};

interface VersionUse {
  readonly version: CgroupVersion;
  readonly entry: Entry;
  readonly controller: string;
}

/** Where the versions first part: in one controller that is a failure, between two it depends on the host. */
const checkVersions = (group: Section): readonly Finding[] => {
  let first: VersionUse | undefined;
  for (const { name: controller, entries } of group.sections)
    for (const entry of entries) {
      const version = versionOnly(parametersNamed(entry.key));
      if (version === undefined) continue;
      first ??= { version, entry, controller };
      if (version === first.version) continue;
      const inOne = first.controller === controller;
      const message = inOne
        ? l10n.t`${entry.key} belongs to cgroup v${version} and ${first.entry.key} to v${first.version}: a controller is mounted as one of them, so setting up the group fails.`
        : l10n.t`${entry.key} belongs to cgroup v${version} and ${first.entry.key} to v${first.version}: that works only where libcgroup 3.0 or later can turn one into the other, or where the controllers are mounted so.`;
      const related = [{ ...keySpan(first.entry), message: l10n.t`Of cgroup v${first.version}` }];
      return [found(mixed, keySpan(entry), entry.line, message, { severity: inOne ? 'warning' : 'info', related })];
    }
  return [];
};

const checkController = (block: Section, context: Context, nearestSibling: Nearest): readonly Finding[] => {
  const { name, nameStart: start, nameEnd: end, line } = block;
  if (block.entries.length === 0 && name !== 'cgroup' && controllerNames.includes(name)) return [];
  const nearest = nearestParameter(block);
  if (name === 'cgroup') {
    const message = l10n.t(
      'libcgroup wants to enable a controller “cgroup”, which the kernel does not have, so setting up the group fails: put files such as cgroup.freeze into the block of a controller of cgroup v2.',
    );
    const isOld = context.libcgroupVersion === '2.0.2';
    return [
      found(pseudoController, { start, end }, line, message),
      ...block.entries.flatMap((entry) => checkEntry(entry, name, isOld, nearest)),
    ];
  }
  if (controllerNames.includes(name))
    return block.entries.flatMap((entry) => checkEntry(entry, name, context.libcgroupVersion === '2.0.2', nearest));
  // A hierarchy without controllers has a name of its own.
  if (name.startsWith('name=') && (name !== 'name=' || context.libcgroupVersion === '2.0.2')) return [];
  if (name === 'name=') {
    const message = l10n.t`No hierarchy can be called by an empty name: libcgroup refuses the whole file.`;
    return [found(unknownController, { start, end }, line, message, { severity: 'error', effect: 'file-refused' })];
  }
  // A kernel that is newer than our list may have it.
  if (mountedAs(context, name) !== undefined) return [];
  // Where the host is known, it is known that it has not mounted this one.
  const isRefused = knownHost(context) !== undefined && context.libcgroupVersion !== '2.0.2';
  const near = nearestSibling(name);
  const message = l10n.t`Linux has no controller ${shown(name)}: libcgroup 3.0 and later refuse the file, and earlier ones fail when they set up the group.`;
  return [
    found(unknownController, { start, end }, line, orMeant(message, near), {
      ...(isRefused ? { severity: 'error', effect: 'file-refused' } : {}),
      ...(near === undefined ? {} : { fixes: [replace({ start, end }, near)] }),
    }),
  ];
};

/** What the kernel will not make of a group or a template that libcgroup itself takes. */
export const checkParameters = (group: Section, context: Context): readonly Finding[] => {
  const findings: Finding[] = [];
  const nearest = nearestController(group);
  for (const block of group.sections)
    if (block.keyword === 'controller') findings.push(...checkController(block, context, nearest));
  findings.push(...checkVersions(group));
  return findings;
};
