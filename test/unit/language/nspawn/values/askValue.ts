import assert from 'node:assert/strict';
import { defaultContext } from '../../../../../src/language/context.ts';
import type { ValueContext } from '../../../../../src/language/nspawn/values/valueKind.ts';
import { kindOf, valueTypeOf } from '../../../../../src/language/nspawn/values/valueKinds.ts';
import type { ValueType } from '../../../../../src/schema/types.ts';
import { directiveNamed, problemsOf } from './judged.ts';

const newest = 262;

const place = (key: string, systemdVersion: number): { readonly at: ValueContext; readonly type: ValueType } => {
  const directive = directiveNamed(key);
  const type = valueTypeOf(directive, systemdVersion);
  assert.ok(type, key);
  return { at: { context: { ...defaultContext, systemdVersion }, directive }, type };
};

/** Each problem in one line: its rule, its effect, and in angle brackets the part of the value that it is shown on. */
export const told = (key: string, value: string, systemdVersion = newest): readonly string[] =>
  problemsOf(key, value, systemdVersion).map(
    ({ rule, effect, start, end }) => `${rule} ${effect} <${value.slice(start, end)}>`,
  );

/** The value with each fix of it, which keeps its title. */
export const fixed = (key: string, value: string, systemdVersion = newest): readonly string[] =>
  problemsOf(key, value, systemdVersion).flatMap(({ fixes = [] }) =>
    fixes.map(({ title, changes, preferred }) => {
      const text = changes.reduceRight(
        (all, { start, end, text }) => all.slice(0, start) + text + all.slice(end),
        value,
      );
      return `${preferred === true ? '* ' : ''}${title}: ${text}`;
    }),
  );

const split = (marked: string): { readonly value: string; readonly offset: number } => {
  const offset = marked.indexOf('|');
  return { value: marked.slice(0, offset) + marked.slice(offset + 1), offset };
};

/** The value with each suggestion for the place of the `|`. */
export const offered = (key: string, marked: string, systemdVersion = newest): readonly string[] => {
  const { at, type } = place(key, systemdVersion);
  const { value, offset } = split(marked);
  return kindOf(type)
    .suggestions(value, offset, type, at)
    .filter(({ rare }) => rare !== true)
    .map(({ start, end, text }) => value.slice(0, start) + text + value.slice(end));
};

/** What of the host could stand at the `|`, and in angle brackets what it would replace. */
export const wished = (key: string, marked: string, systemdVersion = newest): readonly string[] => {
  const { at, type } = place(key, systemdVersion);
  const { value, offset } = split(marked);
  const wishes = kindOf(type).wishes?.(value, offset, type, at) ?? [];
  return wishes.map(({ object, start, end }) => `${object} <${value.slice(start, end)}>`);
};
