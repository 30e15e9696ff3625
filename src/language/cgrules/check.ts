import * as l10n from '@vscode/l10n';
import { destinationRules } from '../cgroups/destinationRules.ts';
import type { Context } from '../context.ts';
import type { ConfigDocument, Entry } from '../document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { found } from '../found.ts';
import { nearestName } from '../nspawn/nearestName.ts';
import { fieldsOf, isIgnoring } from './fields.ts';
import type { Fields } from './fields.ts';
import { joinControllers, quoteWhole, withoutQuotes } from './fixes.ts';
import { cgrulesHostRules, checkControllerNames, checkUserOnHost } from './hostRules.ts';
import { unreachable } from './unreachable.ts';
import { userOf } from './userOf.ts';

const refused = (id: string, title: string): RuleInfo => ({ id, severity: 'error', effect: 'file-refused', title });
const ignored = (id: string, title: string): RuleInfo => ({ id, severity: 'warning', effect: 'ignored', title });
const surprise = (id: string, title: string): RuleInfo => ({ id, severity: 'warning', effect: 'none', title });

const missingField = refused('rule-incomplete', l10n.t('A rule has a user, controllers and a destination'));
const badOption = refused(
  'rule-unknown-option',
  l10n.t('A rule takes the options ignore and, since libcgroup 3.2, ignore_rt'),
);
const trailingBlank = refused(
  'rule-trailing-blank',
  l10n.t('libcgroup 3.2 takes blanks behind a destination for an option'),
);
const badQuote = refused(
  'rule-quote',
  l10n.t('Quotes stand round a user with its process or a destination, and close'),
);
const tooLong = refused('rule-field-too-long', l10n.t('A field of a rule fits into the buffer of libcgroup'));
const tooManyControllers = refused('rule-too-many-controllers', l10n.t('A rule has at most 16 controllers'));
const noControllers = refused(
  'rule-no-controllers',
  l10n.t('The second field of a rule names controllers with commas between them'),
);
const numericUser = ignored('rule-numeric-user', l10n.t('A user is named, not numbered'));
const continuation = ignored('rule-continuation-skipped', l10n.t('libcgroup 3.2 skips every rule that begins with %'));
const userLost = ignored('rule-quote-in-key', l10n.t('Quotes stand round the whole first field of a rule'));
const carriageReturn = surprise(
  'rule-carriage-return',
  l10n.t('libcgroup 3.2 takes a carriage return for a part of the name'),
);
const literalQuote = surprise('rule-literal-quote', l10n.t('Before libcgroup 3.2 quotes are a part of the word'));

export const cgrulesRules: readonly RuleInfo[] = [
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
  ...cgrulesHostRules,
  ...destinationRules,
].sort((a, b) => (a.id < b.id ? -1 : 1));

/** MAX_MNT_ELEMENTS of libcgroup-internal.h. */
const mostControllers = 16;

const whole = l10n.t('The whole file is refused.');

const missing = {
  key: l10n.t('the user is'),
  controllers: l10n.t('the controllers are'),
  destination: l10n.t('the destination is'),
  options: l10n.t('the options are'),
} as const;

/** A blank behind a comma makes two fields of the controllers, and the last field becomes an option. */
const blankBetweenControllers = (
  { controllers, destination, options }: Fields,
  { line }: Entry,
): readonly Finding[] => {
  if (controllers === undefined || destination === undefined || options === undefined) return [];
  const isTorn = controllers.text.endsWith(',') || destination.text.startsWith(',');
  if (!isTorn || options.text === '') return [];
  const span = { start: controllers.start, end: destination.end };
  const changes = [{ start: controllers.end, end: destination.start, text: '' }];
  const message = l10n.t`No blank may stand between controllers: what is behind it counts as the destination, and “${options.text}” is no option. ${whole}`;
  return [
    found(badOption, span, line, message, { fixes: [{ title: l10n.t('Remove the blank'), changes, preferred: true }] }),
  ];
};

const faultFinding = (fault: NonNullable<Fields['fault']>, line: number, text: string): Finding => {
  switch (fault.reason) {
    case 'missing':
      return found(
        missingField,
        fault,
        line,
        l10n.t`A rule is USER[:PROCESS] CONTROLLERS DESTINATION; ${missing[fault.field]} missing. ${whole}`,
      );
    case 'quote':
      return found(
        badQuote,
        fault,
        line,
        l10n.t`This quote is not closed, and libcgroup reads on behind the line. ${whole}`,
      );
    case 'unexpectedQuote':
      return found(badQuote, fault, line, l10n.t`Quotes are not taken in the ${fault.field}. ${whole}`, {
        fixes: withoutQuotes(fault, text),
      });
    case 'tooLong':
      return found(tooLong, fault, line, l10n.t`The ${fault.field} is longer than libcgroup takes. ${whole}`);
  }
};

const checkOptions = (fields: Fields, entry: Entry, is32: boolean, text: string): readonly Finding[] => {
  const { options } = fields;
  if (options === undefined) return [];
  const words = options.text.split(',').filter((word) => word !== '');
  const known = is32 ? ['ignore', 'ignore_rt'] : ['ignore'];
  const wrong = words.find((word) => !known.includes(word));
  if (wrong !== undefined) {
    const torn = blankBetweenControllers(fields, entry);
    if (torn.length > 0) return torn;
    const near = nearestName(wrong, known);
    const start = text.indexOf(wrong, options.start);
    const changes = [{ start, end: start + wrong.length, text: near ?? '' }];
    return [
      found(
        badOption,
        options,
        entry.line,
        l10n.t`“${wrong}” is no option; there is ${known.join(' and ')}. ${whole}`,
        {
          fixes: near === undefined ? [] : [{ title: l10n.t`Write ${near}`, changes }],
        },
      ),
    ];
  }
  if (words.length > 0) return [];
  const span = { start: text.slice(0, options.start).trimEnd().length, end: Math.max(options.end, options.start) };
  return [
    found(trailingBlank, span, entry.line, l10n.t`libcgroup 3.2 takes these blanks for an empty option. ${whole}`, {
      fixes: [{ title: l10n.t('Remove the blanks'), changes: [{ ...span, text: '' }], preferred: true }],
    }),
  ];
};

const checkControllers = ({ controllers }: Fields, { line }: Entry): readonly Finding[] => {
  if (controllers === undefined) return [];
  const words = controllers.text.split(',').filter((word) => word !== '');
  if (words.length === 0)
    return [
      found(noControllers, controllers, line, l10n.t`No controller is named; * stands for all of them. ${whole}`),
    ];
  if (words.length > mostControllers)
    return [found(tooManyControllers, controllers, line, l10n.t`More than ${mostControllers} controllers. ${whole}`)];
  return [];
};

const checkKey = (
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
        { fixes: [quoteWhole(key, raw)] },
      ),
    ];
  if (is32 && user === '%')
    return [
      found(
        continuation,
        key,
        entry.line,
        l10n.t(
          'libcgroup 3.2 looks for a user called “%” and skips the rule: a process is moved for one line only, so put all its controllers there.',
        ),
        { fixes: joinControllers(fields, before, entry, text) },
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
        l10n.t`${user.replace('@', '')} is looked up as the name of a ${isGroup ? 'group' : 'user'}, and the rule is skipped; write the name.`,
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

const checkText = (fields: Fields, entry: Entry, is32: boolean, text: string): readonly Finding[] => {
  const raw = text.slice(entry.start, entry.end);
  const back = raw.indexOf('\r');
  if (is32 && back >= 0)
    return [
      found(
        carriageReturn,
        { start: entry.start + back, end: entry.start + back + 1 },
        entry.line,
        l10n.t('libcgroup 3.2 takes the carriage return of a Windows line end for a part of the destination.'),
        {
          fixes: [
            {
              title: l10n.t('Remove the carriage return'),
              changes: [{ start: entry.start + back, end: entry.start + back + 1, text: '' }],
              preferred: true,
            },
          ],
        },
      ),
    ];
  const quoted = is32
    ? undefined
    : [fields.key, fields.destination].find((field) => field?.text.includes('"') === true);
  return quoted === undefined
    ? []
    : [
        found(
          literalQuote,
          quoted,
          entry.line,
          l10n.t('Before libcgroup 3.2 quotes do not group: they are a part of this word.'),
        ),
      ];
};

/** An indented line without all fields behind another such line: one rule that was broken into two lines. */
const goesOnFrom = (broken: Entry | undefined, entry: Entry, text: string): boolean =>
  broken?.line === entry.line - 1 && /[ \t]/u.test(text.charAt(entry.start - 1));

/**
 * Everything that is wrong with a cgrules.conf, in the order of the text. libcgroup reads up to the first line that it cannot
 * read and then refuses the file; the lines behind that are judged as they will be when it is put right.
 */
export const checkCgrules = (document: ConfigDocument, text: string, context: Context): readonly Finding[] => {
  const { libcgroupVersion } = context;
  const is32 = libcgroupVersion === '3.2';
  const findings: Finding[] = [];
  let everybody: Entry | undefined;
  let isSkipping = false;
  let before: Fields | undefined;
  let broken: Entry | undefined;
  for (const entry of document.loose) {
    // What goes on from a rule that is skipped is skipped as well, before anything of it is read.
    const fields = fieldsOf(text, entry, libcgroupVersion);
    if (isSkipping && entry.key.startsWith('%')) {
      findings.push(...checkKey(fields, before, entry, text, context));
      continue;
    }
    const ofForm = checkKey(fields, before, entry, text, context);
    const key = ofForm.length > 0 ? ofForm : checkUserOnHost(fields, entry, text, context);
    const isSkipped = key.some(({ effect }) => effect === 'ignored');
    if (fields.fault !== undefined) {
      const isIncomplete = fields.fault.reason === 'missing';
      if (!isIncomplete || !goesOnFrom(broken, entry, text))
        findings.push(faultFinding(fields.fault, entry.line, text));
      broken = isIncomplete ? entry : undefined;
      before = undefined;
      isSkipping = isSkipped;
      continue;
    }
    findings.push(...key, ...checkText(fields, entry, is32, text));
    // A rule that is skipped is not read further.
    isSkipping = isSkipped;
    if (isSkipping) {
      if (!entry.key.startsWith('%')) before = undefined;
      continue;
    }
    before = fields;
    const refusing = [...checkOptions(fields, entry, is32, text), ...checkControllers(fields, entry)];
    findings.push(...refusing);
    findings.push(...checkControllerNames(fields, entry, text, context));
    const name = fields.key?.text ?? '';
    if (everybody !== undefined && userOf(name) !== '%')
      findings.push({
        ...found(
          unreachable,
          entry,
          entry.line,
          l10n.t`The first rule that fits counts, and line ${everybody.line} fits everybody.`,
        ),
        tag: 'unnecessary',
      });
    // A process that an ignoring rule does not fit goes on to the next one.
    if (name === '*' && refusing.length === 0 && !isIgnoring(fields)) everybody ??= entry;
  }
  return findings;
};
