import type { DirectiveSchema, ValueType } from '../../../schema/types.ts';
import type { Context } from '../../context.ts';
import type { Span } from '../../document.ts';
import type { Effect, RuleInfo, Severity, TextChange } from '../../finding.ts';
import type { MachineUsers } from '../owners.ts';
import type { HostWish, Suggestion } from '../../vocabulary.ts';

/** What a value is judged by. */
export interface ValueContext {
  readonly context: Context;
  readonly directive: DirectiveSchema;
  /** The users of the machine by the other lines of the file, where somebody may ask. */
  readonly users?: () => MachineUsers | undefined;
}

/** A problem of a value; offsets are in the value as the real parser sees it, and so are those of the changes. */
export interface ValueProblem extends Span {
  readonly rule: string;
  readonly message: string;
  readonly severity: Severity;
  readonly effect: Effect;
  readonly fixes?: readonly {
    readonly title: string;
    readonly changes: readonly TextChange[];
    readonly preferred?: true;
  }[];
}

/** Everything that is known of one kind of value: written from the parser function of systemd that it stands for. */
export interface ValueKind<Type extends ValueType = ValueType> {
  /** Rules that `problems` may name. */
  readonly rules: readonly RuleInfo[];
  /** Faithful to the real parser of that version: no problem of effect `ignored` that it does not have, and none left out. */
  readonly problems: (value: string, type: Type, at: ValueContext) => readonly ValueProblem[];
  /** Words for the place `offset` of a value that may be half typed. */
  readonly suggestions: (value: string, offset: number, type: Type, at: ValueContext) => readonly Suggestion[];
  readonly wishes?: (value: string, offset: number, type: Type, at: ValueContext) => readonly HostWish[];
  /** The form of the value for a hover, as one line of markdown, such as `` `[+]SOURCE[:DESTINATION[:OPTIONS]]` ``. */
  readonly form: (type: Type, at: ValueContext) => string;
  /** What a snippet puts behind `Key=`; `$1`, `${1:text}` and `${1|a,b|}` are stops. */
  readonly snippet: (type: Type, at: ValueContext) => string;
}
