import * as l10n from '@vscode/l10n';
import type { Span } from '../../document.ts';
import type { Word } from './extractWord.ts';
import { isAbsolutePath, type PathFault } from './pathChecks.ts';
import {
  notExpanded,
  pathNotAbsolute,
  pathNotNormalized,
  pathTooLong,
  quotesInPath,
  severalPaths,
} from './pathRules.ts';
import { replaceFix, ruleProblem, type ValueFix } from './ruleProblem.ts';
import type { ValueProblem } from './valueKind.ts';
import { visible } from './rawFields.ts';

/** A path in a value, and whether systemd takes backslashes and colons in it apart. */
export interface PathField extends Word {
  /** All of the value. */
  readonly value: string;
  /** How the value calls it, such as `destination`. */
  readonly name: string;
  readonly escaped: boolean;
}

/** The field of a value that is one path as a whole, and in which nothing is taken apart. */
export const wholeValue = (value: string): PathField => ({
  start: 0,
  end: value.length,
  value,
  text: value,
  name: l10n.t('the path'),
  escaped: false,
});

/** How a path is written in such a field. */
const written = (path: string, { escaped }: PathField): string => (escaped ? path.replaceAll(/[\\:]/gu, '\\$&') : path);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The text between quotes around the whole field. */
const unquoted = (text: string): string | undefined => /^(["'])(.*)\1$/su.exec(text)?.[2];

/** Quotes around a whole value are told apart elsewhere. */
const isWhole = ({ start, end, value }: PathField): boolean => start === 0 && end === value.length;

/** Fixes that make a path absolute: without quotes around it, or with a slash. */
const absoluteFixes = (field: PathField, path: string): readonly ValueFix[] => {
  const inner = isWhole(field) ? undefined : unquoted(path);
  if (inner !== undefined)
    return isAbsolutePath(inner) ? [replaceFix(l10n.t('Remove the quotes'), field, written(inner, field), true)] : [];
  return /^[\w.]/u.test(path) && !/^\.\.?(?:\/|$)/u.test(path)
    ? [replaceFix(l10n.t`Change to /${path}`, field, written(`/${path}`, field))]
    : [];
};

/** A problem if the path does not begin with `/`, which `also` explains further. */
export const absoluteProblem = (
  field: PathField,
  also: { readonly hint?: string; readonly fixes?: readonly ValueFix[] } = {},
): ValueProblem | undefined => {
  const { text, name } = field;
  if (isAbsolutePath(text)) return undefined;
  const hint =
    also.hint ??
    (/^["']/u.test(text) && !isWhole(field)
      ? l10n.t('Quotes are part of a path here.')
      : text.startsWith('~')
        ? l10n.t('A ~ is not replaced by a home directory.')
        : undefined);
  const message = l10n.t`${capital(name)} must be an absolute path, one that begins with /.`;
  return ruleProblem(pathNotAbsolute, visible(field), hint === undefined ? message : `${message} ${hint}`, [
    ...(also.fixes ?? []),
    ...absoluteFixes(field, text),
  ]);
};

/** Where in the value a part of the field's path stands; all of the field when backslashes shift it. */
const inField = (field: PathField, part: Span): Span =>
  field.text.length === field.end - field.start
    ? { start: field.start + part.start, end: field.start + part.end }
    : field;

const tidied = (path: string): string => path.replaceAll(/\/(?:\.?\/)+/gu, '/').replace(/\/\.$/u, '/');

/** What the fault of a path means for the user. */
export const faultProblem = (field: PathField, found: PathFault): ValueProblem => {
  const { text, name } = field;
  const span = inField(field, found);
  if (found.fault === 'parent')
    return ruleProblem(
      pathNotNormalized,
      span,
      l10n.t`${capital(name)} must not go up with ..; write the path that it leads to.`,
    );
  if (found.fault === 'redundant') {
    const path = tidied(text);
    return ruleProblem(pathNotNormalized, span, l10n.t`${capital(name)} must not contain // or /./.`, [
      replaceFix(l10n.t`Change to ${path}`, field, written(path, field), true),
    ]);
  }
  return ruleProblem(
    pathTooLong,
    span,
    found.fault === 'name-too-long'
      ? l10n.t('A name in a path has at most 255 bytes.')
      : l10n.t`${capital(name)} is too long: a path has at most 4095 bytes.`,
  );
};

/** Single letters that are specifiers in unit files, standing for themselves; and shell variables. */
const expansion = /%[a-zA-Z](?![\w%])|\$(?:\{\w+\}|[A-Za-z_]\w*)/u;

/** Advice on a path that systemd takes as it stands, though something else was meant, it seems. */
export const pathAdvice = (field: PathField): readonly ValueProblem[] => {
  const { text } = field;
  const problems: ValueProblem[] = [];
  const quote = /["']/u.exec(text);
  if (quote)
    problems.push(
      ruleProblem(
        quotesInPath,
        inField(field, { start: quote.index, end: quote.index + 1 }),
        l10n.t('Quotes do not group here: they are part of the path, as blanks are.'),
      ),
    );
  const blank = /[ \t]\//u.exec(text);
  if (blank)
    problems.push(
      ruleProblem(
        severalPaths,
        inField(field, { start: blank.index, end: blank.index + 1 }),
        l10n.t('A blank does not end a path: this is one path with a blank in it. Give every path a line of its own.'),
      ),
    );
  const variable = expansion.exec(text);
  if (variable)
    problems.push(
      ruleProblem(
        notExpanded,
        inField(field, { start: variable.index, end: variable.index + variable[0].length }),
        l10n.t`${variable[0]} is not replaced in .nspawn files, it is part of the path.`,
      ),
    );
  return problems;
};
