import * as l10n from '@vscode/l10n';
import { controllerNames } from '../cgconfig/parameters.ts';
import { unreachable } from '../cgrules/rules.ts';
import type { Context } from '../context.ts';
import type { Finding, Fix, RuleInfo } from '../finding.ts';
import { found } from '../found.ts';
import { comparable, nearestAmong, type ComparableName } from '../nearestName.ts';
import { shown } from '../shown.ts';
import { createHasController, definedGroups, type DefinedGroup } from './definedGroups.ts';
import { groupsMadeFor, isMade, templateNamesFor } from './destinationPattern.ts';
import type { Destination } from './destinations.ts';
import type { GroupFile } from './groupFile.ts';
import { pathText } from './groupPath.ts';
import { isAllKnown } from './groupSet.ts';

const undefinedGroup: RuleInfo = {
  id: 'rule-undefined-group',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('A rule leads to a group that a cgconfig.conf defines, or has a variable'),
};
const controllerNotInGroup: RuleInfo = {
  id: 'rule-controller-not-in-group',
  severity: 'info',
  effect: 'none',
  title: l10n.t('A rule names controllers that its group is defined for'),
  variants: [{ severity: 'warning', effect: 'none' }],
};
const variableForAll: RuleInfo = {
  id: 'rule-variable-for-all-controllers',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('A rule whose destination has a variable names its controllers'),
};
const withoutTemplate: RuleInfo = {
  id: 'rule-without-template',
  severity: 'info',
  effect: 'none',
  title: l10n.t('A destination with a variable has a template, which gives its groups their limits'),
};

export const destinationRules: readonly RuleInfo[] = [
  undefinedGroup,
  controllerNotInGroup,
  variableForAll,
  withoutTemplate,
];

/** What the other files say, put in order once for all rules of a file. */
interface Known {
  readonly hasController: (group: DefinedGroup, name: string) => boolean;
  readonly groups: ReadonlyMap<string, DefinedGroup>;
  readonly templates: ReadonlySet<string>;
  /** Whether another rule makes the group of that path. */
  readonly isMadeByRule: (name: string) => boolean;
  readonly nearestGroup: Nearest;
  readonly nearestTemplate: Nearest;
}

/** The name that was probably meant. */
type Nearest = (written: string) => string | undefined;

/** In a file that leads nowhere at all nobody takes these repairs one by one, and each costs a look at all names. */
const mostRepairs = 100;

const nearestOf = (names: Iterable<string>): Nearest => {
  let ready: readonly ComparableName[] | undefined;
  let asked = 0;
  return (written) => {
    asked++;
    if (asked > mostRepairs) return undefined;
    ready ??= comparable(names);
    return nearestAmong(written, ready);
  };
};

const knownOf = (files: readonly GroupFile[]): Known => {
  const groups = definedGroups(files);
  const blocks = files.flatMap((file) => file.blocks);
  const templates = new Set(blocks.flatMap(({ keyword, name }) => (keyword === 'template' ? name : [])));
  return {
    hasController: createHasController(files),
    groups,
    templates,
    isMadeByRule: groupsMadeFor(files.flatMap(({ destinations }) => destinations)),
    nearestGroup: nearestOf(groups.keys()),
    nearestTemplate: nearestOf(templates),
  };
};

/** systemd makes these itself. */
const isOfSystemd = ({ path }: Destination): boolean => /\.(?:slice|scope|service)$/u.test(path[0]?.text ?? '');

const writing = (destination: Destination, nearest: Nearest): { readonly fixes?: readonly Fix[] } => {
  const near = nearest(pathText(destination.path));
  if (near === undefined || /["#\s\\]/u.test(near)) return {};
  const { start, end } = destination;
  return { fixes: [{ title: l10n.t`Write ${near}`, changes: [{ start, end, text: near }] }] };
};

const checkGroup = (destination: Destination, known: Known, context: Context): readonly Finding[] => {
  const name = pathText(destination.path);
  if (name === '' || isOfSystemd(destination)) return [];
  const group = known.groups.get(name);
  if (group !== undefined) return checkControllers(destination, group, known, context);
  if (known.isMadeByRule(name)) return [];
  const message = known.templates.has(destination.text)
    ? l10n.t`${shown(name)} is a template, and libcgroup makes groups of it only for a destination with a variable such as %u: processes stay where they are, unless something else makes the group.`
    : l10n.t`No cgconfig.conf beside this file defines ${shown(name)}, and libcgroup does not make it: processes stay where they are, unless something else makes the group.`;
  return [found(undefinedGroup, destination, destination.line, message, writing(destination, known.nearestGroup))];
};

/** In a message nobody reads a list without an end. */
const mostListed = 16;

const listOf = ({ controllers }: DefinedGroup): string => {
  const names: string[] = [];
  for (const name of controllers) {
    if (names.length === mostListed) return [...names, '…'].join(', ');
    names.push(shown(name));
  }
  return names.join(', ');
};

const checkControllers = (
  { controllers, path, line }: Destination,
  group: DefinedGroup,
  { hasController }: Known,
  { host }: Context,
): readonly Finding[] =>
  controllers.flatMap((controller) => {
    const { name } = controller;
    // What Linux does not have is told already, and is in no group.
    const isMounted = host?.controllers.some((one) => one.name === name) === true;
    if (!isMounted && !controllerNames.includes(name)) return [];
    // All that are mounted: which these are is not known here.
    if (name === '*' || name === 'cgroup' || name.startsWith('name=') || hasController(group, name)) return [];
    const there = listOf(group);
    const groupName = shown(pathText(path));
    const what =
      there === ''
        ? l10n.t`${groupName} is defined for no controller, so not for ${shown(name)} either.`
        : l10n.t`${groupName} is defined for ${there}, not for ${shown(name)}.`;
    const version = host?.controllers.find((one) => one.name === name)?.version;
    const isOfV1 = version === undefined ? group.isOfV1 : version === 1;
    return isOfV1
      ? found(
          controllerNotInGroup,
          controller,
          line,
          `${what} ${l10n.t('There is no such group in that hierarchy of cgroup v1, and the rule ends there.')}`,
          { severity: 'warning' },
        )
      : found(
          controllerNotInGroup,
          controller,
          line,
          `${what} ${l10n.t('The rule fails where that controller has a hierarchy of its own, or is not enabled for the group.')}`,
        );
  });

const checkMade = (destination: Destination): readonly Finding[] => {
  const all = destination.controllers.find(({ name }) => name === '*');
  if (all === undefined) return [];
  const message = l10n.t(
    'libcgroup has to make the group of this destination, and cannot do it for *: processes stay where they are. Name the controllers.',
  );
  return [found(variableForAll, all, destination.line, message)];
};

const checkTemplate = (destination: Destination, { templates, nearestTemplate }: Known): readonly Finding[] => {
  if (templates.size === 0 || templateNamesFor(destination).some((name) => templates.has(name))) return [];
  const message = l10n.t`No template is called ${shown(destination.text)}: libcgroup makes the groups of this rule without any limits.`;
  return [found(withoutTemplate, destination, destination.line, message, writing(destination, nearestTemplate))];
};

/** Rules of cgrules.d are read behind those of cgrules.conf, and the first that fits counts. */
const checkReached = (own: GroupFile, files: readonly GroupFile[]): readonly Finding[] => {
  const first = files.find(({ name }) => name === 'cgrules.conf');
  if (first === undefined || first === own) return [];
  const everybody = first.destinations.some(({ key, ignores }) => key === '*' && !ignores);
  return everybody
    ? own.destinations.map((destination) => ({
        ...found(
          unreachable,
          { start: destination.ruleStart, end: destination.end },
          destination.line,
          l10n.t(
            'The first rule that fits counts, and cgrules.conf, which is read before, has one that fits everybody.',
          ),
        ),
        tag: 'unnecessary' as const,
      }))
    : [];
};

/** What is wrong with the destinations of rules, as far as the files tell that are read together with these. */
export const checkDestinations = (
  own: GroupFile,
  files: readonly GroupFile[],
  context: Context,
): readonly Finding[] => {
  const moving = own.destinations.filter(({ ignores }) => !ignores);
  const alone = moving.filter(isMade).flatMap(checkMade);
  const isKnown =
    isAllKnown(context) &&
    files.some(({ languageId }) => languageId === 'cgconfig') &&
    !files.some(({ movesGroups }) => movesGroups);
  if (!isKnown) return [...alone, ...checkReached(own, files)];
  const known = knownOf(files);
  return [
    ...alone,
    ...checkReached(own, files),
    ...moving.flatMap((destination) =>
      isMade(destination) ? checkTemplate(destination, known) : checkGroup(destination, known, context),
    ),
  ];
};
