import type { InlayHint, Range } from 'vscode-languageserver-types';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';

/** What holds though it is not written, shown where it belongs. */
export const inlayHints = (
  { type, document, textDocument }: SourceFile,
  range: Range,
  context: Context,
): InlayHint[] => {
  const span = { start: textDocument.offsetAt(range.start), end: textDocument.offsetAt(range.end) };
  const hints = type.hints?.(document, span, context) ?? [];
  return hints.map(({ at, label, tooltip }) => ({
    position: textDocument.positionAt(at),
    label,
    tooltip,
    ...(label.startsWith(':') ? {} : { paddingLeft: true }),
  }));
};
