import type { DirectiveSchema } from '../../schema/types.ts';
import type { Context } from '../context.ts';
import { type Entry, offsetInText, type Span } from '../document.ts';
import type { Finding, Fix } from '../finding.ts';
import { kindOf, valueTypeOf } from './values/valueKinds.ts';
import type { ValueProblem } from './values/valueKind.ts';
import { hasTrustHole } from '../../schema/systemdRelease.ts';
import { onItsOwn } from '../once.ts';

const none: readonly ValueProblem[] = [];
const longestRemembered = 512;
const mostRemembered = 16_384;
/** What was found before, by what a value kind may look at: the version, the architecture, the directive, the value. */
const memory = new Map<string, Map<DirectiveSchema, Map<string, readonly ValueProblem[]>>>();

export type ValueJudge = (directive: DirectiveSchema, value: string) => readonly ValueProblem[];

/** Judges values for one context. */
export const valueJudge = (context: Context): ValueJudge => {
  const name = `${context.systemdVersion} ${hasTrustHole(context)} ${context.architecture ?? ''}`;
  let known = memory.get(name);
  if (known === undefined) {
    known = new Map<DirectiveSchema, Map<string, readonly ValueProblem[]>>();
    memory.set(name, known);
  }
  const byDirective = known;
  return (directive, value) => {
    let byValue = byDirective.get(directive);
    if (byValue === undefined) {
      byValue = new Map<string, readonly ValueProblem[]>();
      byDirective.set(directive, byValue);
    }
    const before = byValue.get(value);
    if (before !== undefined) return before;
    const type = valueTypeOf(directive, context.systemdVersion);
    const own = value.length <= longestRemembered ? onItsOwn(value) : value;
    const problems = type === undefined ? none : kindOf(type).problems(own, type, { context, directive });
    if (value.length <= longestRemembered) {
      if (byValue.size >= mostRemembered) byValue.clear();
      byValue.set(own, problems);
    }
    return problems;
  };
};

const inText = (entry: Entry, { start, end }: Span): Span => {
  const from = offsetInText(entry, start);
  // The last character decides: behind it a continued value may go on in another line.
  return { start: from, end: end > start ? offsetInText(entry, end - 1) + 1 : from };
};

const fixesOf = (entry: Entry, problem: ValueProblem): readonly Fix[] | undefined =>
  problem.fixes?.map((fix) => ({
    ...fix,
    changes: fix.changes.map((change) => ({ ...inText(entry, change), text: change.text })),
  }));

/** A problem of a value as a finding in the text. An empty place is drawn on the key, so that it can be seen. */
export const valueFinding = (entry: Entry, problem: ValueProblem): Finding => {
  const span = inText(entry, problem);
  const fixes = fixesOf(entry, problem);
  return {
    rule: problem.rule,
    severity: problem.severity,
    effect: problem.effect,
    message: problem.message,
    ...(span.start === span.end && entry.value === '' ? { start: entry.keyStart, end: entry.valueEnd } : span),
    line: entry.line,
    ...(fixes === undefined ? {} : { fixes }),
  };
};
