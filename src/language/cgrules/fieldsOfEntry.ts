import type { LibcgroupVersion } from '../context.ts';
import type { Entry, Span } from '../document.ts';
import { fieldsOf } from './fields.ts';
import type { Field, Fields } from './fields.ts';

/**
 * The fields of a rule where its text is not at hand: the first word and the rest of the line say the same but for the blanks
 * between them and at the end.
 */
export const fieldsOfEntry = (entry: Entry, version: LibcgroupVersion): Fields => {
  const { key, value, keyStart, valueStart } = entry;
  const text = value === '' ? key : `${key} ${value}`;
  const inText = (at: number): number => (at <= key.length ? keyStart + at : valueStart + at - key.length - 1);
  const moved = <One extends Span>(span: One): One => ({ ...span, start: inText(span.start), end: inText(span.end) });
  const read = fieldsOf(text, { ...entry, start: 0, end: text.length }, version);
  const field = (one: Field | undefined): Field | undefined => (one === undefined ? undefined : moved(one));
  const [who, controllers, destination, options] = [read.key, read.controllers, read.destination, read.options].map(
    field,
  );
  return {
    ...(who === undefined ? {} : { key: who }),
    ...(controllers === undefined ? {} : { controllers }),
    ...(destination === undefined ? {} : { destination }),
    ...(options === undefined ? {} : { options }),
    ...(read.fault === undefined ? {} : { fault: moved(read.fault) }),
  };
};
