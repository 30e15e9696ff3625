import type { Context } from './context.ts';
import type { ConfigDocument, Section, Span } from './document.ts';

/** A word that could stand at the cursor, in place of `start` to `end` of the value. */
export interface Suggestion extends Span {
  readonly text: string;
  /** Half a line about it. */
  readonly detail?: string;
  /** Not offered unless the user types its beginning, because it is rarely wanted. */
  readonly rare?: true;
}

/** Which objects of the host could stand at the cursor, for whoever can ask the host. */
export interface HostWish extends Span {
  readonly object:
    | 'path'
    | 'directory'
    | 'interface'
    | 'bridge'
    | 'zone'
    | 'hostUser'
    | 'hostGroup'
    | 'blockDevice'
    | 'imageUser'
    | 'imagePath'
    | 'cpu'
    | 'machine'
    /** A profile that AppArmor has loaded. */
    | 'appArmorProfile'
    /** A range of /etc/subuid or /etc/subgid, as a line of an id map. */
    | 'subordinateRange'
    /** A file of `directory`, by its whole path. */
    | 'file';
  readonly directory?: string;
  /** What the name of such a file ends in. */
  readonly ending?: string;
  /** Whether a blank in a path would end it. */
  readonly isOneWord?: true;
}

/** What a block is recognised by, whether it stands in the text or not. */
export type BlockName = Pick<Section, 'keyword' | 'name'>;

/** What a cursor stands in, as far as one can type something there; offsets are in the text. */
export type CursorPlace =
  /** The head of a block, such as `[Exec]`; start and end are what an answer replaces. */
  | (Span & { readonly kind: 'block'; readonly path: readonly BlockName[] })
  /** A name that something is given to, or an empty place where one could stand; the answer may be a block, too. */
  | (Span & {
      readonly kind: 'key';
      readonly path: readonly BlockName[];
      /** Whether the sign of assignment is there already. */
      readonly assigned: boolean;
      /** Whether blocks may be begun here. */
      readonly blocksToo: boolean;
    })
  | {
      readonly kind: 'value';
      readonly path: readonly BlockName[];
      readonly key: string;
      /** As far as the real parser would take it, up to the cursor at least. */
      readonly value: string;
      /** Of the cursor in the value. */
      readonly at: number;
      readonly offsetInText: (at: number) => number;
    };

/** A block that may stand at a place: a section, a group, a controller. */
export interface BlockWord extends BlockName {
  /** As it is written, such as `[Exec]`. */
  readonly written: string;
  /** All of the block with its end, where it has one, for clients that take snippets. */
  readonly snippet?: string;
  /** Markdown. */
  readonly documentation: string;
  /** A few words behind it, such as whether the host has it. */
  readonly note?: string;
  /** Offered behind the others, because it would not work here. */
  readonly minor?: true;
}

/** Something that a value can be given to at a place, as it is known for a context. */
export interface KeyWord {
  readonly name: string;
  /** Markdown: what it does, what it takes, since when, and whether it counts where the file lies. */
  readonly documentation: () => string;
  /** What a snippet puts behind the name, with the sign of assignment; the text before its first stop is written elsewhere. */
  readonly snippet: string;
  /** Whether a second one takes the place of the first. */
  readonly single: boolean;
  readonly deprecated: boolean;
  /** Why it would not count here, such as `ignored next to the image`. */
  readonly withoutEffect?: string;
  readonly suggestions: (value: string, at: number) => readonly Suggestion[];
  readonly wishes: (value: string, at: number) => readonly HostWish[];
  /** What the word at that place of a value means, as markdown. */
  readonly describe: (value: string, at: number) => (Span & { readonly markdown: string }) | undefined;
}

/** Where something is asked for, for words that depend on what stands around them. */
export interface Here {
  readonly document: ConfigDocument;
  readonly text: string;
  readonly offset: number;
}

/**
 * What completion and hover have to know of a file type. A path holds the sections around a place, outermost first; it is
 * empty at the top of a file.
 */
export interface Vocabulary {
  /** Undefined where nothing can be typed that we know of. Comments are dealt with before this is asked. */
  readonly placeAt: (document: ConfigDocument, text: string, offset: number) => CursorPlace | undefined;
  readonly blocks: (path: readonly BlockName[], context: Context, here: Here) => readonly BlockWord[];
  /** All that can be written there with the versions of the context. */
  readonly keys: (path: readonly BlockName[], context: Context, here: Here) => readonly KeyWord[];
  /** One of them by name, also when the versions of the context do not know it yet or no longer. */
  readonly key: (path: readonly BlockName[], name: string, context: Context, here: Here) => KeyWord | undefined;
}
