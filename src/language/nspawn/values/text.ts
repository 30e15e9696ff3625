import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue, commentProblem, commentStart } from './commonMistakes.ts';
import { replaceFix, ruleProblem } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import type { ValueContext, ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'text' }>;

const unsafeCharacter: RuleInfo = {
  id: 'unsafe-character',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('Quotes, backslashes and control characters are not taken here'),
};

const impossibleUser: RuleInfo = {
  id: 'impossible-user',
  severity: 'error',
  effect: 'start-refused',
  title: l10n.t('No user has such a name, so the program cannot be started'),
};

/** Anything but printable characters, and what string_is_safe() of systemd refuses besides. */
const unsafe = /[^ -~\u0080-\u{10ffff}]|["'\\]/u;

const check = (value: string, { context, directive }: ValueContext): readonly ValueProblem[] => {
  const bad = context.systemdVersion >= 251 ? unsafe.exec(value) : null;
  if (bad !== null) {
    const inner = value.replaceAll(/["']/gu, '').trim();
    return [
      ruleProblem(
        unsafeCharacter,
        { start: bad.index, end: bad.index + 1 },
        l10n.t`${shown(bad[0])} is not taken here, so the line is ignored: quotes, backslashes and control characters are refused since systemd 251.`,
        inner !== '' && !unsafe.test(inner)
          ? [replaceFix(l10n.t('Remove the quotes'), { start: 0, end: value.length }, inner, true)]
          : [],
      ),
    ];
  }
  if (directive.name !== 'User') return [];
  // A colon ends a field of passwd(5), so no user has one.
  const colon = value.indexOf(':');
  return colon < 0
    ? []
    : [
        ruleProblem(
          impossibleUser,
          { start: colon, end: value.length },
          l10n.t(
            'User= takes the name or number of one user, without a group; no name has a colon, and the machine does not start.',
          ),
          colon === 0 ? [] : [replaceFix(l10n.t('Remove the group'), { start: colon, end: value.length }, '')],
        ),
      ];
};

/** config_parse_string() of systemd; an empty value resets. It does not look whether the machine has such a user. */
export const textKind: ValueKind<Type> = {
  rules: [unsafeCharacter, impossibleUser, commentAfterValue],
  problems: (value, _type, at) => {
    const comment = commentStart(value);
    if (comment === undefined || comment.start === 0) return check(value, at);
    const ignored = check(value, at).some(({ effect }) => effect === 'ignored');
    return [
      ...check(value.slice(0, comment.start), at),
      commentProblem(value, comment, ignored ? 'ignored' : at.directive.name === 'User' ? 'start-refused' : 'none'),
    ];
  },
  suggestions: (value, _offset, _type, { directive }) =>
    directive.name === 'User' ? [{ text: 'root', start: 0, end: value.length }] : [],
  wishes: (value, _offset, _type, { directive }) =>
    directive.name === 'User' ? [{ object: 'imageUser', start: 0, end: value.length }] : [],
  form: (_type, { directive }) =>
    directive.name === 'User' ? l10n.t('a user of the machine, by name or number') : l10n.t('any text'),
  snippet: () => '$1',
};
