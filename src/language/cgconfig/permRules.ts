import * as l10n from '@vscode/l10n';
import { accountNames } from '../accountNames.ts';
import type { Context } from '../context.ts';
import type { Entry, Section } from '../document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { found } from '../found.ts';
import { cNumber } from './parameterValue.ts';
import { shown } from '../shown.ts';

const userZero: RuleInfo = {
  id: 'perm-user-zero',
  severity: 'error',
  effect: 'file-refused',
  title: l10n.t('The user root is written by name, because libcgroup looks 0 up as a name'),
};
const groupZero: RuleInfo = {
  id: 'perm-group-zero',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('The group root is written by name, because libcgroup looks 0 up as a name'),
  variants: [{ severity: 'error', effect: 'file-refused' }],
};
const impossibleName: RuleInfo = {
  id: 'perm-impossible-name',
  severity: 'error',
  effect: 'file-refused',
  title: l10n.t('A user or group has a name that can exist'),
  variants: [{ severity: 'warning', effect: 'none' }],
};
const unknownUser: RuleInfo = {
  id: 'perm-unknown-user',
  severity: 'error',
  effect: 'file-refused',
  title: l10n.t('A user is one that this host has'),
  variants: [{ severity: 'info', effect: 'none' }],
};
const unknownGroup: RuleInfo = {
  id: 'perm-unknown-group',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('A group is one that this host has'),
  variants: [
    { severity: 'error', effect: 'file-refused' },
    { severity: 'info', effect: 'none' },
  ],
};
const invalidMode: RuleInfo = {
  id: 'perm-invalid-mode',
  severity: 'error',
  effect: 'file-refused',
  title: l10n.t('A mode is an octal number'),
};
const numberCutOff: RuleInfo = {
  id: 'perm-number-cut-off',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('A user or group that begins with a digit is read as that number'),
};
const keyIgnored: RuleInfo = {
  id: 'perm-key-ignored',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('task takes uid, gid and fperm; admin takes dperm too'),
};

export const permRules: readonly RuleInfo[] = [
  userZero,
  groupZero,
  impossibleName,
  unknownUser,
  unknownGroup,
  invalidMode,
  numberCutOff,
  keyIgnored,
];

const atValue = (rule: RuleInfo, entry: Entry, message: string, replacement?: string): Finding => {
  const { valueStart: start, valueEnd: end, line } = entry;
  if (replacement === undefined) return found(rule, { start, end }, line, message);
  const changes = [{ start, end, text: replacement }];
  return found(rule, { start, end }, line, message, {
    fixes: [{ title: l10n.t`Write ${replacement}`, changes, preferred: true }],
  });
};

const isNumberOnly = (value: string): boolean => /^[+-]?\d+$/u.test(value);

/** Only libcgroup before 3.0 notices that there is no such group. */
const refusedGroup = { severity: 'error', effect: 'file-refused' } as const;
const surprise = { severity: 'warning', effect: 'none' } as const;

/** What libcgroup puts a user, a group or a process in for, in the name of a template and nowhere else. */
const placeholder = /%[uUgGpP]/u;

/** No user of any source has such a name: it could not stand in /etc/passwd, or somebody meant it as a placeholder. */
const isImpossible = (name: string): boolean => name === '' || /^[ \t#]|[:\n]/u.test(name) || placeholder.test(name);

const checkImpossibleName = (entry: Entry, { libcgroupVersion }: Context): readonly Finding[] => {
  const isUser = entry.key === 'uid';
  const isRefused = isUser || libcgroupVersion === '2.0.2';
  const { value } = entry;
  const [code] = placeholder.exec(value) ?? [];
  const message = (): string => {
    if (isUser)
      return code === undefined
        ? l10n.t`No user can be called “${value}”: libcgroup refuses the whole file.`
        : l10n.t`libcgroup replaces ${code} in the name of a template only: here it looks for a user called “${value}” and refuses the whole file.`;
    if (code === undefined)
      return isRefused
        ? l10n.t`No group can be called “${value}”: libcgroup refuses the whole file.`
        : l10n.t`No group can be called “${value}”: libcgroup takes a random one instead.`;
    return isRefused
      ? l10n.t`libcgroup replaces ${code} in the name of a template only: here it looks for a group called “${value}” and refuses the whole file.`
      : l10n.t`libcgroup replaces ${code} in the name of a template only: here it looks for a group called “${value}” and takes a random one instead.`;
  };
  return [{ ...atValue(impossibleName, entry, message()), ...(isRefused ? refusedGroup : surprise) }];
};

const checkName = (entry: Entry, { host, libcgroupVersion }: Context): readonly Finding[] => {
  const { key, value, valueStart: start, valueEnd: end, line } = entry;
  const isUser = key === 'uid';
  const accounts = isUser ? host?.users : host?.groups;
  // A host whose files could not be read knows nobody.
  if (host === undefined || accounts === undefined || accounts.length === 0) return [];
  if (accountNames(accounts).has(value)) return [];
  const near = accountNames(accounts).nearest(value);
  const fixes =
    near === undefined ? {} : { fixes: [{ title: l10n.t`Write ${near}`, changes: [{ start, end, text: near }] }] };
  const rule = isUser ? unknownUser : unknownGroup;
  if (isUser ? host.hasMoreUsers : host.hasMoreGroups) {
    const message = isUser
      ? l10n.t`The files of this host have no user ${shown(value)}; where nothing else knows it either, libcgroup cannot use it.`
      : l10n.t`The files of this host have no group ${shown(value)}; where nothing else knows it either, libcgroup cannot use it.`;
    return [found(rule, { start, end }, line, message, { severity: 'info', effect: 'none', ...fixes })];
  }
  const isRefused = isUser || libcgroupVersion === '2.0.2';
  const message = isUser
    ? l10n.t`This host has no user ${shown(value)}: libcgroup refuses the whole file.`
    : isRefused
      ? l10n.t`This host has no group ${shown(value)}: libcgroup refuses the whole file.`
      : l10n.t`This host has no group ${shown(value)}: libcgroup takes a random one instead.`;
  return [found(rule, { start, end }, line, message, { ...(isRefused ? refusedGroup : {}), ...fixes })];
};

/** A name of letters, as nearly every owner has: it is no number, and one that can exist. */
const isPlainName = (value: string): boolean => /^[A-Za-z_][-A-Za-z0-9_]*$/u.test(value);

const checkOwner = (entry: Entry, context: Context): readonly Finding[] => {
  const { key, value } = entry;
  if (isPlainName(value)) return context.host === undefined ? [] : checkName(entry, context);
  if (cNumber(value) !== 0) {
    if (isNumberOnly(value)) return [];
    const message = l10n.t`libcgroup reads the number ${cNumber(value)} and drops the rest of “${value}”.`;
    return [atValue(numberCutOff, entry, message)];
  }
  if (!/^[ \t\n\v\f\r]*[+-]?\d/u.test(value))
    return isImpossible(value) ? checkImpossibleName(entry, context) : checkName(entry, context);
  if (key === 'uid')
    return [
      atValue(
        userZero,
        entry,
        l10n.t`libcgroup looks for a user called “${value}” and refuses the whole file; write root.`,
        'root',
      ),
    ];
  const isRefused = context.libcgroupVersion === '2.0.2';
  const message = isRefused
    ? l10n.t`libcgroup looks for a group called “${value}” and refuses the whole file; write root.`
    : l10n.t`libcgroup looks for a group called “${value}” and takes a random one when there is none; write root.`;
  return [{ ...atValue(groupZero, entry, message, 'root'), ...(isRefused ? refusedGroup : {}) }];
};

/** As strtol() takes it with base 8: an empty text is 0, and `0o` is not known. */
const isOctal = (value: string): boolean => /^(?:[ \t\n\v\f\r]*[+-]?[0-7]+)?$/u.test(value);

/** Whether libcgroup looks at that setting at all. */
export const isTakenInPerm = (key: string, block: 'task' | 'admin'): boolean =>
  key === 'uid' || key === 'gid' || key === 'fperm' || (key === 'dperm' && block === 'admin');

const checkEntry = (entry: Entry, block: 'task' | 'admin', context: Context): readonly Finding[] => {
  const { key, value } = entry;
  if (key === 'uid' || key === 'gid') return checkOwner(entry, context);
  if (isTakenInPerm(key, block)) {
    if (isOctal(value)) return [];
    return [
      atValue(invalidMode, entry, l10n.t`“${value}” is no octal number such as 770: libcgroup refuses the whole file.`),
    ];
  }
  const message =
    block === 'task'
      ? l10n.t`task takes uid, gid and fperm; ${key} is ignored without a word.`
      : l10n.t`admin takes uid, gid, fperm and dperm; ${key} is ignored without a word.`;
  return [found(keyIgnored, entry, entry.line, message)];
};

/** The owners and modes of a group's files, as config_group_task_perm() and config_group_admin_perm() read them. */
export const checkPerm = (perm: Section, context: Context): readonly Finding[] => {
  const findings: Finding[] = [];
  for (const { keyword, entries } of perm.sections) {
    if (keyword !== 'task' && keyword !== 'admin') continue;
    for (const entry of entries) for (const finding of checkEntry(entry, keyword, context)) findings.push(finding);
  }
  return findings;
};
