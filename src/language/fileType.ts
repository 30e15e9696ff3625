import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Context } from './context.ts';
import type { ConfigDocument, Entry, Section, Span } from './document.ts';
import type { Finding, Fix, RuleInfo, TextChange } from './finding.ts';
import type { HostNames, HostPath } from './namedOnHost.ts';
import type { Navigation } from './navigation.ts';
import type { Token } from './token.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The identifiers that VS Code knows the languages by. */
export type LanguageId = 'nspawn' | 'cgconfig' | 'cgrules' | 'lxc' | 'lxcsystem' | 'lxcusernet' | 'lxcnet';

/** Something else that a file can be turned into: the editor does it, and `command` is its own for that. */
export interface Conversion {
  readonly title: string;
  readonly command: string;
}

/** What is not written in a text and holds all the same, to be shown in it. */
export interface Hint {
  /** The offset that it is shown at. One that begins with a colon goes on with the text there. */
  readonly at: number;
  readonly label: string;
  /** Why it holds. */
  readonly tooltip: string;
}

/** One row of fileTypes.ts: all that a file type adds to the features, which are written once. */
export interface FileType {
  readonly languageId: LanguageId;
  readonly parse: (text: string) => ConfigDocument;
  /** Every rule, in the order of their identifiers. */
  readonly rules: readonly RuleInfo[];
  /** All findings, in the order of the text, before severities are set and comments that ignore rules are looked at. */
  readonly check: (document: ConfigDocument, text: string, context: Context) => readonly Finding[];
  /** What is wrong with it only because of other files that are read with it. */
  readonly checkTogether?: (file: SourceFile, context: Context) => readonly Finding[];
  /** What has to change for a tidy layout, in the order of the text, without a change of the meaning. */
  readonly layOut?: (text: string) => readonly TextChange[];
  /** What an assignment says, where its key and its value alone do not tell or tell too much; the layout must not change it. */
  readonly meaning?: (entry: Entry) => readonly string[];
  /**
   * Whether an assignment can only be carried out where something is there that no text tells of, such as a directory of the
   * host. A repair by which one comes to count is not sure.
   */
  readonly namesOutside?: (section: Section, entry: Entry) => boolean;
  /** What of the host decides whether the machine starts; `context.named` says then whether it is there. */
  readonly namesOnHost?: (document: ConfigDocument, context: Context) => HostNames;
  /** Other ways to write what stands at a place, which no finding asks for. */
  readonly rewrites?: (document: ConfigDocument, text: string, span: Span, context: Context) => readonly Fix[];
  /** Commands of ours that are about what stands at a place, or turn the whole of a text into something else, as offered there. */
  readonly conversions?: (document: ConfigDocument, span: Span) => readonly Conversion[];
  /** Absolute paths of what a text includes, in its order. */
  readonly includes?: (document: ConfigDocument) => readonly string[];
  /** Paths of the host that a text names, in its order. */
  readonly hostPaths?: (document: ConfigDocument, context: Context) => readonly HostPath[];
  /** What is worth a colour and cannot be known to a grammar; none goes over a line end or overlaps another. */
  readonly tokens?: (document: ConfigDocument, context: Context) => readonly Token[];
  /** What holds in a part of a text though it is not written there. */
  readonly hints?: (document: ConfigDocument, span: Span, context: Context) => readonly Hint[];
  /** What an outline shows lines below that follow one another and stand in no section, such as all of one network device. */
  readonly family?: (entry: Entry) => string;
  /** Where what is named at a place is defined and used; a file type without one names nothing that is elsewhere, too. */
  readonly navigation?: Navigation;
  /** What may be written where, for completion and hover; a file type without one gets neither. */
  readonly vocabulary?: Vocabulary;
}

/** A text with what was read in it; the features take this. */
export interface SourceFile {
  readonly type: FileType;
  readonly textDocument: TextDocument;
  readonly document: ConfigDocument;
}
