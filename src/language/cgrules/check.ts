import * as l10n from '@vscode/l10n';
import { isLongerThan } from '../cgconfig/groupRules.ts';
import { destinationRules } from '../cgroups/destinationRules.ts';
import type { Context } from '../context.ts';
import type { ConfigDocument, Entry, Span } from '../document.ts';
import type { Finding, Fix, RuleInfo } from '../finding.ts';
import { found } from '../found.ts';
import { nearestName } from '../nspawn/nearestName.ts';
import { fieldsOf, isIgnoring, longestDestination } from './fields.ts';
import type { Fields } from './fields.ts';
import { joinControllers, quoteWhole, withoutQuotes } from './fixes.ts';
import { cgrulesHostRules, checkControllerNames, checkUserOnHost } from './hostRules.ts';
import { checkCut, lineCut } from './cutLines.ts';
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
const tooLong: RuleInfo = {
  ...refused('rule-field-too-long', l10n.t('A field of a rule fits into the buffer of libcgroup')),
  variants: [{ severity: 'warning', effect: 'ignored' }],
};
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
  lineCut,
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
        l10n.t`“${wrong}” is no option; there is ${known.join(l10n.t(' and '))}. ${whole}`,
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

/** What cgroup_parse_rules_options() takes of a text. */
const areOptions = (text: string): boolean => {
  const words = text.split(',').filter((word) => word !== '');
  return words.length > 0 && words.every((word) => word === 'ignore' || word === 'ignore_rt');
};

/**
 * What 3.2 has in its buffer for options behind a rule: what it cannot read leaves the buffer as it was, and strtok() ends it
 * behind its first word.
 */
const optionsLeft = ({ fault, options }: Fields, before: string, isSkipped: boolean): string => {
  if (fault !== undefined) return before;
  const text = options?.text ?? '';
  return isSkipped ? text : (/^,*[^,]*/u.exec(text)?.[0] ?? '');
};

/** 2.0.2 and 3.1 copy a word into a buffer that they do not measure: what is behind it is lost, the user among it. */
const checkOverrun = ({ destination }: Fields, { line }: Entry): readonly Finding[] => {
  if (destination === undefined || !isLongerThan(destination.text, longestDestination)) return [];
  const message = l10n.t`The destination has more than ${longestDestination} bytes: libcgroup before 3.2 writes past its buffer, and the rule is skipped.`;
  return [found(tooLong, destination, line, message, { severity: 'warning', effect: 'ignored' })];
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
        l10n.t`${user.replace('@', '')} is looked up as the name of a ${isGroup ? l10n.t('group') : l10n.t('user')}, and the rule is skipped; write the name.`,
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

/** In any version what goes on from a rule that is skipped is skipped with it. */
const skippedToo = ({ keyStart: start, keyEnd: end, line }: Entry): Finding => {
  const message = l10n.t('The rule above is skipped, and each line behind it that begins with % with it.');
  return found(continuation, { start, end }, line, message);
};

const inherited = ({ fault }: Fields, { start, end, line }: Entry): Finding => {
  const message = l10n.t('libcgroup 3.2 cannot read these options and takes those of the rule above instead.');
  return found(badOption, fault ?? { start, end }, line, message, { severity: 'warning', effect: 'none' });
};

/** An indented line without all fields behind another such line: one rule that was broken into two lines. */
const goesOnFrom = (broken: Entry | undefined, entry: Entry, text: string): boolean =>
  broken?.line === entry.line - 1 && /[ \t]/u.test(text.charAt(entry.start - 1));

/**
 * Everything that is wrong with a cgrules.conf, in the order of the text. libcgroup reads up to the first line that it cannot
 * read and then refuses the file; the lines behind that are judged as they will be when it is put right.
 */
export const checkCgrules = (document: ConfigDocument, text: string, context: Context): readonly Finding[] =>
  [...checkCut(document, text), ...checkRules(document, text, context)].sort((a, b) => a.start - b.start);

const checkRules = (document: ConfigDocument, text: string, context: Context): readonly Finding[] => {
  const { libcgroupVersion } = context;
  const is32 = libcgroupVersion === '3.2';
  const findings: Finding[] = [];
  let everybody: Entry | undefined;
  let isSkipping = false;
  let before: Fields | undefined;
  let broken: Entry | undefined;
  let left = '';
  // That the rule above is broken is told already.
  let isBroken = false;
  for (const entry of document.loose) {
    // What goes on from a rule that is skipped is skipped as well, before anything of it is read.
    const fields = fieldsOf(text, entry, libcgroupVersion);
    if (isSkipping && entry.key.startsWith('%')) {
      const ofKey = checkKey(fields, before, entry, text, context);
      findings.push(...(ofKey.length > 0 || isBroken ? ofKey : [skippedToo(entry)]));
      continue;
    }
    const ofForm = checkKey(fields, before, entry, text, context);
    const ofUser = ofForm.length > 0 ? ofForm : checkUserOnHost(fields, entry, text, context);
    const key =
      is32 || ofUser.some(({ effect }) => effect === 'ignored') ? ofUser : [...ofUser, ...checkOverrun(fields, entry)];
    const isSkipped = key.some(({ effect }) => effect === 'ignored');
    const isInherited = fields.fault?.field === 'options' && (isSkipped || areOptions(left));
    if (isInherited && !isSkipped) findings.push(inherited(fields, entry));
    left = optionsLeft(fields, left, isSkipped);
    isBroken = fields.fault !== undefined && !isInherited;
    if (fields.fault !== undefined && !isInherited) {
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
    if (everybody !== undefined && !name.startsWith('%'))
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
