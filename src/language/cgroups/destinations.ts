import { fieldsOf, isIgnoring } from '../cgrules/fields.ts';
import type { LibcgroupVersion } from '../context.ts';
import { beforeBlanks } from '../sorted.ts';
import type { ConfigDocument, Span } from '../document.ts';
import { segmentsOf, type GroupPath, type Segment } from './groupPath.ts';

/** Where a rule of a cgrules.conf moves processes to; the span is without quotes. */
export interface Destination extends Span {
  /** As it is written, which is what the names of templates are compared with. */
  readonly text: string;
  readonly path: GroupPath;
  /** Whether a part of it is replaced for each process, such as `%u`; libcgroup then makes the group. */
  readonly hasVariable: boolean;
  readonly isQuoted: boolean;
  readonly controllers: readonly (Span & { readonly name: string })[];
  /** Whom the rule is for, as it is written: `*`, `root`, `@wheel:sh`. */
  readonly key: string;
  readonly ruleStart: number;
  /** Whether the rule tells to leave processes of that group alone instead. */
  readonly ignores: boolean;
  readonly line: number;
}

/** What cgroup_change_cgroup_flags() of api.c replaces: user, group and process, by number and by name. */
const variable = /%[UuGgPp]/u;

/** Whether a text has something that is replaced for each process; a backslash keeps a `%`. */
export const hasVariable = (text: string): boolean => variable.test(text.replaceAll(/\\./gsu, ''));

/** A backslash is left out, and what follows it stands for itself. */
const unescaped = (segment: Segment): Segment =>
  segment.text.includes('\\') ? { ...segment, text: segment.text.replaceAll(/\\(.?)/gsu, '$1') } : segment;

const controllersOf = (text: string, start: number): Destination['controllers'] =>
  [...text.matchAll(/[^,]+/gu)].map(({ 0: name, index }) => ({
    name,
    start: start + index,
    end: start + index + name.length,
  }));

/** Where the rules of a file that can be read lead to, in their order. */
export const destinationsOf = (
  document: ConfigDocument,
  text: string,
  version: LibcgroupVersion,
): readonly Destination[] =>
  document.loose.flatMap((entry) => {
    const fields = fieldsOf(text, entry, version);
    const { key, controllers, destination, fault } = fields;
    if (fault !== undefined || controllers === undefined || destination === undefined) return [];
    const written = text.slice(
      destination.start,
      Math.max(destination.start, beforeBlanks(text, destination.end, '\r')),
    );
    const isQuoted = version === '3.2' && written.endsWith('"');
    // What stands in front of a quote gets lost.
    const start = isQuoted ? destination.start + written.indexOf('"') + 1 : destination.start;
    const end = destination.start + written.length - (isQuoted ? 1 : 0);
    const inside = text.slice(start, end);
    return {
      start,
      end,
      text: inside,
      path: segmentsOf(inside, start).map(unescaped),
      hasVariable: hasVariable(inside),
      isQuoted,
      controllers: controllersOf(controllers.text, controllers.start),
      key: key?.text ?? '',
      ruleStart: entry.start,
      ignores: isIgnoring(fields),
      line: entry.line,
    };
  });
