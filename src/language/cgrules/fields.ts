import type { LibcgroupVersion } from '../context.ts';
import type { Span } from '../document.ts';
import { isLongerThan } from '../cgconfig/groupRules.ts';

/** A field as libcgroup takes it; the span has its quotes. */
export interface Field extends Span {
  readonly text: string;
}

export type FieldName = 'key' | 'controllers' | 'destination' | 'options';

export interface Fields {
  readonly key?: Field;
  readonly controllers?: Field;
  readonly destination?: Field;
  /** Empty where blanks follow the destination, which 3.2 takes for a field. */
  readonly options?: Field;
  /** Why the rest could not be read, and which field that was. */
  readonly fault?: Span & {
    readonly field: FieldName;
    readonly reason: 'missing' | 'quote' | 'unexpectedQuote' | 'tooLong';
  };
}

const names: readonly FieldName[] = ['key', 'controllers', 'destination', 'options'];
/** Bytes with the NUL behind: CGRP_RULE_MAXKEY, CG_CONTROLLER_MAX, FILENAME_MAX and CG_OPTIONS_MAX. */
export const longestDestination = 4095;
const sizes: Readonly<Record<FieldName, number>> = { key: 4353, controllers: 100, destination: 4096, options: 100 };

/** sscanf("%s%s%s%s"): words between white space, without quotes. */
const wordFields = (text: string, { start, end }: Span): Fields => {
  const words = [...text.slice(start, end).matchAll(/[^ \t\n\v\f\r]+/gu)];
  const fields: Partial<Record<FieldName, Field>> = {};
  for (const [index, name] of names.entries()) {
    const word = words[index];
    if (word === undefined) {
      return index < 3 ? { ...fields, fault: { field: name, reason: 'missing', start, end } } : fields;
    }
    const from = start + word.index;
    fields[name] = { text: word[0], start: from, end: from + word[0].length };
  }
  return fields;
};

/** get_next_rule_field() of libcgroup 3.2: blanks part fields, double quotes keep them, and may begin in mid word. */
const quotedFields = (text: string, { start, end }: Span): Fields => {
  const fields: Partial<Record<FieldName, Field>> = {};
  let at = start;
  for (const name of names) {
    const from = at;
    while (at < end && (text[at] === ' ' || text[at] === '\t')) at++;
    const first = at;
    while (at < end && text[at] !== ' ' && text[at] !== '\t' && text[at] !== '"') at++;
    let word = text.slice(first, at);
    if (at < end && text[at] === '"') {
      if (name === 'controllers' || name === 'options')
        return { ...fields, fault: { field: name, reason: 'unexpectedQuote', start: at, end } };
      const close = text.slice(0, end).indexOf('"', at + 1);
      if (close < 0) return { ...fields, fault: { field: name, reason: 'quote', start: at, end } };
      // What stands in front of the quote gets lost.
      word = text.slice(at + 1, close);
      at = close + 1;
    }
    if (isLongerThan(word, sizes[name] - 1))
      return { ...fields, fault: { field: name, reason: 'tooLong', start: first, end: at } };
    // Blanks alone count as a field, an empty one; only nothing at all is none.
    if (at === from)
      return name === 'options' ? fields : { ...fields, fault: { field: name, reason: 'missing', start, end } };
    fields[name] = { text: word, start: first, end: at };
  }
  return fields;
};

/** The fields of a rule as that version reads them (cgroup_parse_rules_file() in api.c). */
export const fieldsOf = (text: string, rule: Span, version: LibcgroupVersion): Fields =>
  version === '3.2' ? quotedFields(text, rule) : wordFields(text, rule);

/** Whether a rule tells to leave its processes alone. */
export const isIgnoring = ({ options }: Fields): boolean =>
  options?.text.split(',').some((word) => word === 'ignore' || word === 'ignore_rt') === true;

/** The user of the first field of a rule, as it is written: what stands in front of the process. */
export const userOf = (key: string): string => key.replace(/:.*$/su, '');
