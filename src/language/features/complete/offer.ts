import { CompletionItemTag, InsertTextFormat, MarkupKind } from 'vscode-languageserver-types';
import type { CompletionItem, CompletionItemKind } from 'vscode-languageserver-types';
import type { Context } from '../../context.ts';
import type { Span } from '../../document.ts';
import type { SourceFile } from '../../fileType.ts';
import type { HostObjects } from '../../hostObjects.ts';
import { withoutIcons } from '../../markdown.ts';
import type { Here } from '../../vocabulary.ts';

/** What was asked. */
export interface CompleteRequest {
  readonly file: SourceFile;
  readonly offset: number;
  readonly context: Context;
  readonly host: HostObjects;
  /** Whether the client takes snippets. */
  readonly snippets: boolean;
}

export const hereOf = ({ file, offset }: CompleteRequest): Here => ({
  document: file.document,
  text: file.textDocument.getText(),
  offset,
});

/** One answer, before it is put into the words of the protocol; it takes the place of `start` to `end` in the text. */
export interface Offer extends Span {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** What is written; the label where it is left out. */
  readonly text?: string;
  /** The same with stops, for clients that take snippets. */
  readonly snippet?: string;
  /** What the typed text is compared with; the label where it is left out. */
  readonly filter?: string;
  /** Lower ones are shown first, and those of a group in the order in which they come. */
  readonly group: number;
  readonly detail?: string;
  /** A few words behind the label. */
  readonly note?: string;
  /** Markdown. */
  readonly documentation?: string;
  readonly deprecated?: boolean;
  /** Characters that take the offer and are typed behind it. */
  readonly commit?: readonly string[];
}

const itemOf = ({ file: { textDocument }, snippets }: CompleteRequest, offer: Offer, order: number): CompletionItem => {
  const { label, kind, detail, note, documentation, filter, group, deprecated, commit } = offer;
  const snippet = snippets ? offer.snippet : undefined;
  const drawn = withoutIcons(label);
  const typed = filter ?? (drawn === label ? undefined : label);
  return {
    label: drawn,
    kind,
    sortText: `${group}${String(order).padStart(5, '0')}`,
    textEdit: {
      range: { start: textDocument.positionAt(offer.start), end: textDocument.positionAt(offer.end) },
      newText: snippet ?? offer.text ?? label,
    },
    insertTextFormat: snippet === undefined ? InsertTextFormat.PlainText : InsertTextFormat.Snippet,
    ...(typed === undefined ? {} : { filterText: typed }),
    ...(detail === undefined ? {} : { detail }),
    ...(note === undefined ? {} : { labelDetails: { description: note } }),
    ...(documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    ...(deprecated === true ? { tags: [CompletionItemTag.Deprecated] } : {}),
    ...(commit === undefined ? {} : { commitCharacters: [...commit] }),
  };
};

const lineEnd = /[\n\r]/u;

/** Offers in the words of the protocol, which wants the replaced text on the line of the cursor. */
export const itemsOf = (request: CompleteRequest, offers: readonly Offer[]): CompletionItem[] => {
  const text = request.file.textDocument.getText();
  const { offset } = request;
  return offers
    .filter(({ start, end }) => start <= offset && offset <= end && !lineEnd.test(text.slice(start, end)))
    .map((offer, order) => itemOf(request, offer, order));
};
