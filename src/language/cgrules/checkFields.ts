import * as l10n from '@vscode/l10n';
import { isLongerThan } from '../cgconfig/groupRules.ts';
import type { Entry } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import { nearestName } from '../nearestName.ts';
import { longestDestination } from './fields.ts';
import type { FieldName, Fields } from './fields.ts';
import { withoutQuotes } from './fixes.ts';
import { inSeries } from '../shown.ts';
import {
  badOption,
  badQuote,
  carriageReturn,
  literalQuote,
  missingField,
  noControllers,
  tooLong,
  tooManyControllers,
  trailingBlank,
} from './rules.ts';

/** MAX_MNT_ELEMENTS of libcgroup-internal.h. */
const mostControllers = 16;

const whole = l10n.t('The whole file is refused.');

const missing: Readonly<Record<FieldName, string>> = {
  key: l10n.t('A rule is USER[:PROCESS] CONTROLLERS DESTINATION; the user is missing.'),
  controllers: l10n.t('A rule is USER[:PROCESS] CONTROLLERS DESTINATION; the controllers are missing.'),
  destination: l10n.t('A rule is USER[:PROCESS] CONTROLLERS DESTINATION; the destination is missing.'),
  options: l10n.t('A rule is USER[:PROCESS] CONTROLLERS DESTINATION; the options are missing.'),
};

const notQuoted: Readonly<Record<FieldName, string>> = {
  key: l10n.t('Quotes are not taken in the first field.'),
  controllers: l10n.t('Quotes are not taken in the controllers.'),
  destination: l10n.t('Quotes are not taken in the destination.'),
  options: l10n.t('Quotes are not taken in the options.'),
};

const longer: Readonly<Record<FieldName, string>> = {
  key: l10n.t('The first field is longer than libcgroup takes.'),
  controllers: l10n.t('The list of controllers is longer than libcgroup takes.'),
  destination: l10n.t('The destination is longer than libcgroup takes.'),
  options: l10n.t('The options are longer than libcgroup takes.'),
};

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
  const message = `${l10n.t`No blank may stand between controllers: what is behind it counts as the destination, and “${options.text}” is no option.`} ${whole}`;
  return [
    found(badOption, span, line, message, { fixes: [{ title: l10n.t('Remove the blank'), changes, preferred: true }] }),
  ];
};

export const faultFinding = (fault: NonNullable<Fields['fault']>, line: number, text: string): Finding => {
  switch (fault.reason) {
    case 'missing':
      return found(missingField, fault, line, `${missing[fault.field]} ${whole}`);
    case 'quote':
      return found(
        badQuote,
        fault,
        line,
        `${l10n.t('This quote is not closed, and libcgroup reads on behind the line.')} ${whole}`,
      );
    case 'unexpectedQuote':
      return found(badQuote, fault, line, `${notQuoted[fault.field]} ${whole}`, {
        fixes: withoutQuotes(fault, text),
      });
    case 'tooLong':
      return found(tooLong, fault, line, `${longer[fault.field]} ${whole}`);
  }
};

export const checkOptions = (fields: Fields, entry: Entry, is32: boolean, text: string): readonly Finding[] => {
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
        `${l10n.t`“${wrong}” is no option; there is ${inSeries(known)}.`} ${whole}`,
        {
          fixes: near === undefined ? [] : [{ title: l10n.t`Write ${near}`, changes }],
        },
      ),
    ];
  }
  if (words.length > 0) return [];
  const span = { start: text.slice(0, options.start).trimEnd().length, end: Math.max(options.end, options.start) };
  return [
    found(
      trailingBlank,
      span,
      entry.line,
      `${l10n.t('libcgroup 3.2 takes these blanks for an empty option.')} ${whole}`,
      {
        fixes: [{ title: l10n.t('Remove the blanks'), changes: [{ ...span, text: '' }], preferred: true }],
      },
    ),
  ];
};

export const checkControllers = ({ controllers }: Fields, { line }: Entry): readonly Finding[] => {
  if (controllers === undefined) return [];
  const words = controllers.text.split(',').filter((word) => word !== '');
  if (words.length === 0)
    return [
      found(
        noControllers,
        controllers,
        line,
        `${l10n.t('No controller is named; * stands for all of them.')} ${whole}`,
      ),
    ];
  if (words.length > mostControllers)
    return [
      found(tooManyControllers, controllers, line, `${l10n.t`More than ${mostControllers} controllers.`} ${whole}`),
    ];
  return [];
};

/** What cgroup_parse_rules_options() takes of a text. */
export const areOptions = (text: string): boolean => {
  const words = text.split(',').filter((word) => word !== '');
  return words.length > 0 && words.every((word) => word === 'ignore' || word === 'ignore_rt');
};

/**
 * What 3.2 has in its buffer for options behind a rule: what it cannot read leaves the buffer as it was, and strtok() ends it
 * behind its first word.
 */
export const optionsLeft = ({ fault, options }: Fields, before: string, isSkipped: boolean): string => {
  if (fault !== undefined) return before;
  const text = options?.text ?? '';
  return isSkipped ? text : (/^,*[^,]*/u.exec(text)?.[0] ?? '');
};

/** 2.0.2 and 3.1 copy a word into a buffer that they do not measure: what is behind it is lost, the user among it. */
export const checkOverrun = ({ destination }: Fields, { line }: Entry): readonly Finding[] => {
  if (destination === undefined || !isLongerThan(destination.text, longestDestination)) return [];
  const message = l10n.t`The destination has more than ${longestDestination} bytes: libcgroup before 3.2 writes past its buffer, and the rule is skipped.`;
  return [found(tooLong, destination, line, message, { severity: 'warning', effect: 'ignored' })];
};

export const inherited = ({ fault }: Fields, { start, end, line }: Entry): Finding => {
  const message = l10n.t('libcgroup 3.2 cannot read these options and takes those of the rule above instead.');
  return found(badOption, fault ?? { start, end }, line, message, { severity: 'warning', effect: 'none' });
};

export const checkText = (fields: Fields, entry: Entry, is32: boolean, text: string): readonly Finding[] => {
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
