import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import type { Entry, Span } from '../document.ts';
import type { Finding, Fix } from '../finding.ts';
import { found } from '../found.ts';
import { checkControllers, checkOptions } from './checkFields.ts';
import { fieldsOf, userOf } from './fields.ts';
import type { Fields } from './fields.ts';
import { joinControllers, quoteWhole } from './fixes.ts';
import { continuation, numericUser, userLost } from './rules.ts';

/** Only where the rule, which is skipped now, does not refuse the file when it counts. */
const quoteWholeKey = (key: Span, entry: Entry, text: string): readonly Fix[] => {
  const rest = text.slice(key.end, entry.end);
  const end = key.end + (rest.search(/[ \t]/u) + 1 || rest.length + 1) - 1;
  const fix = quoteWhole({ start: key.start, end }, text.slice(key.start, end));
  const line = `${fix.changes[0]?.text ?? ''}${text.slice(end, entry.end)}`;
  const repaired = fieldsOf(line, { start: 0, end: line.length }, '3.2');
  const refusing = [...checkOptions(repaired, entry, true, line), ...checkControllers(repaired, entry)];
  if (repaired.fault !== undefined || refusing.length > 0) return [];
  // What stands behind the quotes was another field until now, so this is a guess.
  return end === key.end ? [fix] : [{ title: fix.title, changes: fix.changes }];
};

export const checkKey = (
  fields: Fields,
  before: Fields | undefined,
  entry: Entry,
  text: string,
  { libcgroupVersion, host }: Context,
): readonly Finding[] => {
  const { key } = fields;
  const is32 = libcgroupVersion === '3.2';
  if (key === undefined) return [];
  const user = userOf(key.text);
  const raw = text.slice(key.start, key.end);
  if (is32 && raw.includes('"') && !raw.startsWith('"'))
    return [
      found(
        userLost,
        key,
        entry.line,
        l10n.t(
          'What stands in front of the quote gets lost, so no such user is found and the rule is skipped; put quotes round the whole field.',
        ),
        { fixes: quoteWholeKey(key, entry, text) },
      ),
    ];
  if (is32 && user.startsWith('%'))
    return [
      found(
        continuation,
        key,
        entry.line,
        l10n.t(
          'libcgroup 3.2 looks for a user called “%” and skips the rule: a process is moved for one line only, so put all its controllers there.',
        ),
        { fixes: key.text === '%' ? joinControllers(fields, before, entry, text) : [] },
      ),
    ];
  if (/^@?\d+$/u.test(user)) {
    const isGroup = user.startsWith('@');
    const id = Number(user.replace('@', ''));
    const known = (isGroup ? host?.groups : host?.users)?.find((account) => account.id === id)?.name;
    const name = known === undefined || !isGroup ? known : `@${known}`;
    const span = { start: key.start, end: key.start + user.length };
    const isPlain = text.slice(span.start, span.end) === user;
    return [
      found(
        numericUser,
        span,
        entry.line,
        isGroup
          ? l10n.t`${user.replace('@', '')} is looked up as the name of a group, and the rule is skipped; write the name.`
          : l10n.t`${user} is looked up as the name of a user, and the rule is skipped; write the name.`,
        {
          fixes:
            name === undefined || !isPlain
              ? []
              : [{ title: l10n.t`Write ${name}`, changes: [{ ...span, text: name }] }],
        },
      ),
    ];
  }
  return [];
};

/** In any version what goes on from a rule that is skipped is skipped with it. */
export const skippedToo = ({ keyStart: start, keyEnd: end, line }: Entry): Finding => {
  const message = l10n.t('The rule above is skipped, and each line behind it that begins with % with it.');
  return found(continuation, { start, end }, line, message);
};
