import type { Entry, Section } from '../document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { found } from '../found.ts';

const userZero: RuleInfo = {
  id: 'perm-user-zero',
  severity: 'error',
  effect: 'file-refused',
  title: 'The user root is written by name, because libcgroup looks 0 up as a name',
};
const groupZero: RuleInfo = {
  id: 'perm-group-zero',
  severity: 'warning',
  effect: 'none',
  title: 'The group root is written by name, because libcgroup looks 0 up as a name',
};
const invalidMode: RuleInfo = {
  id: 'perm-invalid-mode',
  severity: 'error',
  effect: 'file-refused',
  title: 'A mode is an octal number',
};
const numberCutOff: RuleInfo = {
  id: 'perm-number-cut-off',
  severity: 'warning',
  effect: 'none',
  title: 'A user or group that begins with a digit is read as that number',
};
const keyIgnored: RuleInfo = {
  id: 'perm-key-ignored',
  severity: 'warning',
  effect: 'ignored',
  title: 'task takes uid, gid and fperm; admin takes dperm too',
};

export const permRules: readonly RuleInfo[] = [userZero, groupZero, invalidMode, numberCutOff, keyIgnored];

const atValue = (rule: RuleInfo, entry: Entry, message: string, replacement?: string): Finding => {
  const { valueStart: start, valueEnd: end, line } = entry;
  if (replacement === undefined) return found(rule, { start, end }, line, message);
  const changes = [{ start, end, text: replacement }];
  return found(rule, { start, end }, line, message, {
    fixes: [{ title: `Write ${replacement}`, changes, preferred: true }],
  });
};

/** What atoi() makes of it; 0 where there is no number at its beginning. */
const leadingNumber = (value: string): number => {
  const [number] = /^[ \t\n\v\f\r]*[+-]?\d+/u.exec(value) ?? ['0'];
  return Number.parseInt(number, 10);
};

const isNumberOnly = (value: string): boolean => /^[+-]?\d+$/u.test(value);

const checkUser = (entry: Entry): readonly Finding[] => {
  const { key, value } = entry;
  const isUser = key === 'uid';
  if (leadingNumber(value) !== 0) {
    if (isNumberOnly(value)) return [];
    const message = `libcgroup reads the number ${leadingNumber(value)} and drops the rest of “${value}”.`;
    return [atValue(numberCutOff, entry, message)];
  }
  if (!/^[+-]?\d/u.test(value)) return [];
  if (isUser)
    return [
      atValue(
        userZero,
        entry,
        `libcgroup looks for a user called “${value}” and refuses the whole file; write root.`,
        'root',
      ),
    ];
  return [
    atValue(
      groupZero,
      entry,
      `libcgroup looks for a group called “${value}” and takes a random one when there is none; write root.`,
      'root',
    ),
  ];
};

/** As strtol() takes it with base 8: an empty text is 0, and `0o` is not known. */
const isOctal = (value: string): boolean => /^(?:[ \t\n\v\f\r]*[+-]?[0-7]+)?$/u.test(value);

const checkEntry = (entry: Entry, block: 'task' | 'admin'): readonly Finding[] => {
  const { key, value } = entry;
  if (key === 'uid' || key === 'gid') return checkUser(entry);
  if (key === 'fperm' || (key === 'dperm' && block === 'admin')) {
    if (isOctal(value)) return [];
    return [
      atValue(invalidMode, entry, `“${value}” is no octal number such as 770: libcgroup refuses the whole file.`),
    ];
  }
  const taken = block === 'task' ? 'uid, gid and fperm' : 'uid, gid, fperm and dperm';
  const message = `${block} takes ${taken}; ${key} is ignored without a word.`;
  return [found(keyIgnored, entry, entry.line, message)];
};

/** The owners and modes of a group's files, as config_group_task_perm() and config_group_admin_perm() read them. */
export const checkPerm = (perm: Section): readonly Finding[] =>
  perm.sections.flatMap(({ keyword, entries }) =>
    keyword === 'task' || keyword === 'admin' ? entries.flatMap((entry) => checkEntry(entry, keyword)) : [],
  );
