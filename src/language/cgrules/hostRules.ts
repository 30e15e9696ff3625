import * as l10n from '@vscode/l10n';
import { accountNames } from '../accountNames.ts';
import { controllerNames } from '../cgconfig/parameters.ts';
import type { Context } from '../context.ts';
import type { Entry, Span } from '../document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { found } from '../found.ts';
import { nearestName, orMeant } from '../nearestName.ts';
import { shown } from '../shown.ts';
import { isIgnoring, userOf } from './fields.ts';
import type { Field, Fields } from './fields.ts';

const unknownUser: RuleInfo = {
  id: 'rule-unknown-user',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('A rule is for a user or a group that this host has'),
  variants: [{ severity: 'info', effect: 'none' }],
};
const notMounted: RuleInfo = {
  id: 'rule-controller-not-mounted',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('A rule names controllers that this host has mounted'),
};
const unknownController: RuleInfo = {
  id: 'rule-unknown-controller',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('A rule names controllers that Linux has'),
};

export const cgrulesHostRules: readonly RuleInfo[] = [unknownUser, notMounted, unknownController];

/** Where a name that is a part of a field stands in the text; all of the field where quotes come between. */
const spansIn = (text: string, field: Field): ((from: number, length: number) => Span) => {
  // Asked once for all names of a field.
  const isPlain = text.startsWith(field.text, field.start);
  return (from, length) =>
    isPlain ? { start: field.start + from, end: field.start + from + length } : { start: field.start, end: field.end };
};

/** The user or the group of a rule; nothing for signs that stand for everybody or for the line above, and for numbers. */
export const checkUserOnHost = (
  { key }: Fields,
  { line }: Entry,
  text: string,
  { host }: Context,
): readonly Finding[] => {
  const user = userOf(key?.text ?? '');
  if (key !== undefined && /^@?$/u.test(user)) {
    const nobody = l10n.t(
      'No user or group has an empty name: the rule is skipped, with the lines behind it that begin with %.',
    );
    return [found(unknownUser, key, line, nobody)];
  }
  if (key === undefined || host === undefined || /^(?:[*%].*|\d*)$/u.test(user)) return [];
  const isGroup = user.startsWith('@');
  const name = isGroup ? user.slice(1) : user;
  const accounts = isGroup ? host.groups : host.users;
  // A host whose files could not be read knows nobody.
  if (accounts.length === 0 || accountNames(accounts).has(name)) return [];
  const span = spansIn(text, key)(isGroup ? 1 : 0, name.length);
  const near = accountNames(accounts).nearest(name);
  const isInText = text.slice(span.start, span.end) === name;
  const fixes =
    near === undefined || !isInText
      ? {}
      : { fixes: [{ title: l10n.t`Write ${near}`, changes: [{ ...span, text: near }] }] };
  if (isGroup ? host.hasMoreGroups : host.hasMoreUsers) {
    const message = isGroup
      ? l10n.t`The files of this host have no group ${shown(name)}; where nothing else knows it either, the rule is skipped.`
      : l10n.t`The files of this host have no user ${shown(name)}; where nothing else knows it either, the rule is skipped.`;
    return [found(unknownUser, span, line, message, { severity: 'info', effect: 'none', ...fixes })];
  }
  const message = isGroup
    ? l10n.t`This host has no group ${shown(name)}: the rule is skipped, with the lines behind it that begin with %.`
    : l10n.t`This host has no user ${shown(name)}: the rule is skipped, with the lines behind it that begin with %.`;
  return [found(unknownUser, span, line, message, fixes)];
};

const checkController = (
  name: string,
  span: Span,
  line: number,
  { host, libcgroupVersion }: Context,
): readonly Finding[] => {
  const isAlwaysThere = name === '' || name === 'name=systemd' || (name === 'cgroup' && libcgroupVersion !== '2.0.2');
  const mounted = host?.controllers ?? [];
  if (isAlwaysThere || mounted.some((one) => one.name === name)) return [];
  // A hierarchy without controllers has a name of its own.
  if (controllerNames.includes(name) || name.startsWith('name='))
    return mounted.length === 0
      ? []
      : [
          found(
            notMounted,
            span,
            line,
            l10n.t`This host has not mounted ${shown(name)}: the processes of this rule are not moved, for none of its controllers.`,
          ),
        ];
  const near = nearestName(name, controllerNames);
  const message = l10n.t`Linux has no controller ${shown(name)}: the processes of this rule are not moved, for none of its controllers.`;
  const fixes =
    near === undefined || span.end - span.start !== name.length
      ? {}
      : { fixes: [{ title: l10n.t`Write ${near}`, changes: [{ ...span, text: near }] }] };
  return [found(unknownController, span, line, orMeant(message, near), fixes)];
};

/**
 * Controllers that cgrulesengd cannot add to the group when it moves a process (cg_prepare_cgroup() of api.c), or not move it in
 * (cgroup_attach_task_pid() of libcgroup 2.0.2). It does not say so when it reads the file.
 */
export const checkControllerNames = (
  fields: Fields,
  { line }: Entry,
  text: string,
  context: Context,
): readonly Finding[] => {
  const { controllers } = fields;
  if (controllers === undefined || isIgnoring(fields)) return [];
  const findings: Finding[] = [];
  const spanIn = spansIn(text, controllers);
  let from = 0;
  for (const name of controllers.text.split(',')) {
    const at = from;
    from += name.length + 1;
    // A star means those that are mounted, and what stands behind it is not read.
    if (name === '*') break;
    findings.push(...checkController(name, spanIn(at, name.length), line, context));
  }
  return findings;
};
