import assert from 'node:assert/strict';
import { nspawnSchema } from '../../../../../src/schema/nspawnSchema.ts';
import type { DirectiveSchema } from '../../../../../src/schema/types.ts';
import { defaultContext } from '../../../../../src/language/context.ts';
import { kindOf, valueTypeOf } from '../../../../../src/language/nspawn/values/valueKinds.ts';
import type { ValueContext, ValueProblem } from '../../../../../src/language/nspawn/values/valueKind.ts';
import type { Suggestion } from '../../../../../src/language/vocabulary.ts';

export const directiveNamed = (name: string): DirectiveSchema => {
  const directive = nspawnSchema.directives.find((one) => one.name === name);
  assert.ok(directive, name);
  return directive;
};

const contextOf = (name: string, systemdVersion: number, architecture?: string): ValueContext => ({
  directive: directiveNamed(name),
  context: { ...defaultContext, systemdVersion, ...(architecture === undefined ? {} : { architecture }) },
});

export const problemsOf = (
  name: string,
  value: string,
  version = 262,
  architecture?: string,
): readonly ValueProblem[] => {
  const at = contextOf(name, version, architecture);
  const type = valueTypeOf(at.directive, version);
  assert.ok(type, name);
  return kindOf(type).problems(value, type, at);
};

/** Each problem as `rule effect «what is marked»`. */
export const judged = (name: string, value: string, version = 262, architecture?: string): readonly string[] =>
  problemsOf(name, value, version, architecture).map(
    ({ rule, effect, start, end }) => `${rule} ${effect} «${value.slice(start, end)}»`,
  );

/** Which of the values are not taken as they are. */
export const refusedOf = (name: string, values: readonly string[], version = 262): readonly string[] =>
  values.filter((value) => problemsOf(name, value, version).some(({ effect }) => effect !== 'none'));

/** The value after the first fix of its first problem that has one. */
export const fixed = (name: string, value: string, version = 262): string | undefined => {
  const fix = problemsOf(name, value, version).find(({ fixes }) => fixes !== undefined)?.fixes?.[0];
  if (fix === undefined) return undefined;
  return [...fix.changes]
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), value);
};

/** What is offered where `|` stands, each with the value that taking it makes. */
export const offered = (
  name: string,
  marked: string,
  version = 262,
  architecture?: string,
): readonly (Suggestion & { readonly made: string })[] => {
  const offset = marked.indexOf('|');
  assert.notEqual(offset, -1);
  const value = marked.slice(0, offset) + marked.slice(offset + 1);
  const at = contextOf(name, version, architecture);
  const type = valueTypeOf(at.directive, version);
  assert.ok(type, name);
  return kindOf(type)
    .suggestions(value, offset, type, at)
    .map((one) => ({ ...one, made: value.slice(0, one.start) + one.text + value.slice(one.end) }));
};
