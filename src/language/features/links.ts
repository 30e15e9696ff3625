import * as l10n from '@vscode/l10n';
import type { DocumentLink } from 'vscode-languageserver-types';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';

/**
 * Paths that may become a link. VS Code writes target and tooltip of a link into a hover that may run commands, and a
 * backslash in front of `]` or `)` gets through its escaping: `/srv\](command:…)` would run a command of the file's choice.
 * So nothing is let through that has a meaning in markdown, in a URI or in the eye, and the tooltip is always the same.
 */
const plainPath = /^\/[\w/.+@:,=-]*$/u;

/** No URI without an authority may begin with two slashes, and to the host they are one. Undefined for a path that must not become a link. */
export const linkTarget = (path: string): string | undefined =>
  plainPath.test(path)
    ? `file://${path
        .replaceAll(/\/{2,}/gu, '/')
        .split('/')
        .map(encodeURIComponent)
        .join('/')}`
    : undefined;

/** Paths of the host that a file names, to be opened with a click. */
export const links = ({ type, document, textDocument }: SourceFile, context: Context): DocumentLink[] =>
  (type.hostPaths?.(document, context) ?? []).flatMap(({ start, end, path }) => {
    const target = linkTarget(path);
    if (target === undefined) return [];
    return {
      range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
      target,
      tooltip: l10n.t('Open this path of the host'),
    };
  });
