import * as l10n from '@vscode/l10n';
import { type Entry, type Section, type Span, valueSpan } from '../document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { found } from '../found.ts';
import { shortened } from '../shown.ts';

/** CG_CONTROLLER_MAX and CG_NV_MAX of libcgroup-internal.h. */
export const mostControllers = 100;
const mostParameters = 100;
/** CG_CONTROL_VALUE_MAX in bytes, without the NUL behind. */
export const longestValue = 4095;

const refused = (id: string, title: string): RuleInfo => ({ id, severity: 'error', effect: 'file-refused', title });

const duplicateController = refused('duplicate-controller', l10n.t('A group names each controller once'));
const duplicateParameter = refused('duplicate-parameter', l10n.t('A controller sets each parameter once'));
export const tooMany = refused(
  'too-many-entries',
  l10n.t('A group has at most 100 controllers, a controller 100 parameters, and a file 100 mounts or namespaces'),
);
export const valueTooLong = refused('value-too-long', l10n.t('A value has at most 4095 bytes'));
const duplicateGroup: RuleInfo = {
  id: 'duplicate-group',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('A group stands in the file once'),
};

const leadsOut: RuleInfo = {
  id: 'group-name-leads-out',
  severity: 'error',
  effect: 'none',
  title: l10n.t('A group lies inside of its hierarchy, and neither its name nor that of a namespace has a ..'),
};

export const groupRules: readonly RuleInfo[] = [
  duplicateController,
  duplicateParameter,
  tooMany,
  valueTooLong,
  duplicateGroup,
  leadsOut,
];

/** What a finding marks, with the line that it is on. */
type Place = Span & Pick<Entry, 'line'>;

const placeOfKey = ({ keyStart: start, keyEnd: end, line }: Entry): Place => ({ start, end, line });

const placeOfName = ({ nameStart: start, nameEnd: end, line }: Section): Place => ({ start, end, line });

const again = (rule: RuleInfo, place: Place, message: string, { start, end }: Span): Finding =>
  found(rule, place, place.line, message, { related: [{ start, end, message: l10n.t('The first one') }] });

export const isLongerThan = (text: string, bytes: number): boolean =>
  text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes;

const checkParameters = (controller: Section): readonly Finding[] => {
  const findings: Finding[] = [];
  const seen = new Map<string, Entry>();
  for (const [index, entry] of controller.entries.entries()) {
    const first = seen.get(entry.key);
    if (first !== undefined)
      findings.push(
        again(
          duplicateParameter,
          placeOfKey(entry),
          l10n.t`${entry.key} is set twice in ${shortened(controller.name)}: libcgroup refuses the whole file.`,
          placeOfKey(first),
        ),
      );
    seen.set(entry.key, first ?? entry);
    if (index === mostParameters)
      findings.push(
        found(
          tooMany,
          placeOfKey(entry),
          entry.line,
          l10n.t`More than ${mostParameters} parameters of a controller refuse the whole file.`,
        ),
      );
    if (isLongerThan(entry.value, longestValue))
      findings.push(
        found(
          valueTooLong,
          valueSpan(entry),
          entry.line,
          l10n.t`A value of ${longestValue + 1} bytes or more refuses the whole file.`,
        ),
      );
  }
  return findings;
};

const hasWayUp = (path: string): boolean => path.includes('..') && path.split('/').includes('..');

/** All groups of a controller lie below its namespace, wherever that is (cg_build_path() of api.c). */
export const checkNamespacePaths = (namespaces: readonly Section[]): readonly Finding[] =>
  namespaces
    .flatMap(({ entries }) => entries)
    .filter(({ value }) => hasWayUp(value))
    .map(({ key, value, valueStart: start, valueEnd: end, line }) => {
      const message = l10n.t`libcgroup follows the “..” in ${value}, as root and also out of the hierarchy: all groups of ${key} are made there.`;
      return found(leadsOut, { start, end }, line, message);
    });

/** cg_mkdir_p() of api.c makes what the name says, behind the mount point, and asks nobody where that is. */
export const checkGroupNames = (sections: readonly Section[]): readonly Finding[] =>
  sections
    .filter(({ keyword, name }) => (keyword === 'group' || keyword === 'template') && hasWayUp(name))
    .map((group) => {
      const message = l10n.t`libcgroup follows the “..” in ${group.name}, as root and also out of the hierarchy: what it makes there is another group, or no group at all.`;
      return found(leadsOut, placeOfName(group), group.line, message);
    });

/** What config.c and wrapper.c of libcgroup refuse in a group or a template that the grammar takes. */
export const checkGroup = (group: Section): readonly Finding[] => {
  const findings: Finding[] = [];
  const seen = new Map<string, Section>();
  let index = -1;
  for (const controller of group.sections) {
    if (controller.keyword !== 'controller') continue;
    index++;
    const first = seen.get(controller.name);
    if (first !== undefined)
      findings.push(
        again(
          duplicateController,
          placeOfName(controller),
          l10n.t`The controller ${controller.name} stands twice in this group: libcgroup refuses the whole file.`,
          placeOfName(first),
        ),
      );
    seen.set(controller.name, first ?? controller);
    if (index === mostControllers)
      findings.push(
        found(
          tooMany,
          placeOfName(controller),
          controller.line,
          l10n.t`More than ${mostControllers} controllers of a group refuse the whole file.`,
        ),
      );
    if (controller.entries.length > 0) findings.push(...checkParameters(controller));
  }
  return findings;
};

/** Two groups of one name are created one after the other, and what the second one sets wins. */
export const checkRepeatedGroups = (groups: readonly Section[]): readonly Finding[] => {
  const seen = new Map<string, Section>();
  return groups.flatMap((group) => {
    const first = seen.get(group.name);
    seen.set(group.name, first ?? group);
    if (first === undefined) return [];
    const message = l10n.t`The group ${group.name} stands above already: libcgroup sets both one after the other, and the later value wins.`;
    return [again(duplicateGroup, placeOfName(group), message, placeOfName(first))];
  });
};
