import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from './document.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/**
 * What the real tool will do: `file-refused` takes nothing of the file, `start-refused` parses it but will not start the
 * machine, `ignored` leaves out this line or the marked part of it, `untrusted` leaves it out because of where the file
 * lies, `none` is advice.
 */
export type Effect = 'file-refused' | 'start-refused' | 'ignored' | 'untrusted' | 'none';

export interface TextChange extends Span {
  readonly text: string;
}

/** What a user can do about a finding with one click. */
export interface Fix {
  readonly title: string;
  readonly changes: readonly TextChange[];
  /** The one that is meant by "fix all" and `--fix`; at most one of a finding, and never one that changes what already works. */
  readonly preferred?: true;
  /** A fix that is no change of the text: move the file to that path. */
  readonly moveTo?: string;
}

export interface Finding extends Span {
  /** A stable identifier, the name of its page in docs/rules. */
  readonly rule: string;
  readonly severity: Severity;
  readonly effect: Effect;
  /** One sentence that says what is wrong and what is allowed. */
  readonly message: string;
  readonly fixes?: readonly Fix[];
  /** Under which line the real tool speaks of it. */
  readonly line: number;
  /** What it has to do with, in this text or in another one. */
  readonly related?: readonly (Span & { readonly message: string; readonly textDocument?: TextDocument })[];
  /** How an editor may draw it: faded, or struck through. */
  readonly tag?: 'unnecessary' | 'deprecated';
}

/** What is known of a rule apart from any text. */
export interface RuleInfo {
  readonly id: string;
  /** As it mostly is. */
  readonly severity: Severity;
  readonly effect: Effect;
  /** What else a finding of it can be, where that depends on the version or on the rest of the file. */
  readonly variants?: readonly { readonly severity: Severity; readonly effect: Effect }[];
  /** One line: what the rule is about. */
  readonly title: string;
}
