import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Span } from '../../document.ts';
import type { CompleteRequest, Offer } from './offer.ts';

/** In a comment only the names of the rules can be completed, where one may be told to be silent. */
export const ruleOffers = ({ file, offset }: CompleteRequest, comment: Span): readonly Offer[] => {
  const text = file.textDocument.getText();
  const before = /^[#;*]\s*nspawn-lint:\s*ignore\s+(?:[\w-]+[\s,]+)*([\w-]*)$/u.exec(text.slice(comment.start, offset));
  if (before === null) return [];
  const behind = /^[\w-]*/u.exec(text.slice(offset, comment.end));
  const start = offset - (before[1] ?? '').length;
  return file.type.rules.map(({ id, title }) => ({
    start,
    end: offset + (behind?.[0] ?? '').length,
    label: id,
    kind: CompletionItemKind.Constant,
    group: 1,
    detail: title,
  }));
};
