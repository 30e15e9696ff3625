import * as l10n from '@vscode/l10n';
import type { RuleInfo } from '../finding.ts';

const refused = (id: string, title: string): RuleInfo => ({ id, severity: 'error', effect: 'file-refused', title });
const ignored = (id: string, title: string): RuleInfo => ({ id, severity: 'warning', effect: 'ignored', title });
const surprise = (id: string, title: string): RuleInfo => ({ id, severity: 'warning', effect: 'none', title });

export const missingField = refused('rule-incomplete', l10n.t('A rule has a user, controllers and a destination'));
export const badOption = refused(
  'rule-unknown-option',
  l10n.t('A rule takes the options ignore and, since libcgroup 3.2, ignore_rt'),
);
export const trailingBlank = refused(
  'rule-trailing-blank',
  l10n.t('libcgroup 3.2 takes blanks behind a destination for an option'),
);
export const badQuote = refused(
  'rule-quote',
  l10n.t('Quotes stand round a user with its process or a destination, and close'),
);
export const tooLong: RuleInfo = {
  ...refused('rule-field-too-long', l10n.t('A field of a rule fits into the buffer of libcgroup')),
  variants: [{ severity: 'warning', effect: 'ignored' }],
};
export const tooManyControllers = refused('rule-too-many-controllers', l10n.t('A rule has at most 16 controllers'));
export const noControllers = refused(
  'rule-no-controllers',
  l10n.t('The second field of a rule names controllers with commas between them'),
);
export const numericUser = ignored('rule-numeric-user', l10n.t('A user is named, not numbered'));
export const continuation = ignored(
  'rule-continuation-skipped',
  l10n.t('libcgroup 3.2 skips every rule that begins with %'),
);
export const userLost = ignored('rule-quote-in-key', l10n.t('Quotes stand round the whole first field of a rule'));
export const carriageReturn = surprise(
  'rule-carriage-return',
  l10n.t('libcgroup 3.2 takes a carriage return for a part of the name'),
);
export const literalQuote = surprise(
  'rule-literal-quote',
  l10n.t('Before libcgroup 3.2 quotes are a part of the word'),
);
export const unreachable: RuleInfo = {
  id: 'rule-unreachable',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('No rule stands behind one that is for everybody'),
};

/** What may be wrong with the form of a line. */
export const lineRules: readonly RuleInfo[] = [
  missingField,
  badOption,
  trailingBlank,
  badQuote,
  tooLong,
  tooManyControllers,
  noControllers,
  numericUser,
  continuation,
  userLost,
  carriageReturn,
  literalQuote,
  unreachable,
];
