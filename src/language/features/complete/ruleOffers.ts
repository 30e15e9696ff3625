import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Span } from '../../document.ts';
import { readIgnoreComment } from '../ignoreComments.ts';
import type { CompleteRequest, Offer } from './offer.ts';

/** In a comment only the names of rules can be completed, where it tells some to be silent. */
export const ruleOffers = ({ file, offset }: CompleteRequest, comment: Span): readonly Offer[] => {
  const text = file.textDocument.getText();
  const read = readIgnoreComment(text, comment);
  if (read === undefined || offset < read.listStart || offset > read.listEnd) return [];
  // Right behind the word itself no name can begin.
  if (/[a-z]/u.test(text.charAt(read.listStart - 1))) return [];
  const named = read.names.find(({ start, end }) => start <= offset && offset <= end);
  const { start, end } = named ?? { start: offset, end: offset };
  return file.type.rules
    .filter(({ id }) => !read.names.some((other) => other !== named && other.name === id))
    .map(({ id, title }) => ({ start, end, label: id, kind: CompletionItemKind.Constant, group: 1, detail: title }));
};
