import type { DocumentLink } from 'vscode-languageserver-types';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';

const uriOf = (path: string): string => `file://${path.split('/').map(encodeURIComponent).join('/')}`;

/** Paths of the host that a file names, to be opened with a click. */
export const links = ({ type, document, textDocument }: SourceFile, context: Context): DocumentLink[] =>
  (type.hostPaths?.(document, context) ?? []).map(({ start, end, path }) => ({
    range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
    target: uriOf(path),
    tooltip: `${path} on the host`,
  }));
