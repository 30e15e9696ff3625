import type { SemanticTokens, SemanticTokensLegend } from 'vscode-languageserver-types';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';
import type { TokenType } from '../token.ts';

const tokenTypes: readonly TokenType[] = ['comment', 'property', 'enumMember', 'function', 'macro'];
const deprecated = 1;

export const tokenLegend: SemanticTokensLegend = { tokenTypes: [...tokenTypes], tokenModifiers: ['deprecated'] };

/** Colours for what a grammar cannot know. Each token is five numbers, and its place is relative to the one before. */
export const semanticTokens = ({ type, document, textDocument }: SourceFile, context: Context): SemanticTokens => {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  const tokens = [...(type.tokens?.(document, context) ?? [])].sort((a, b) => a.start - b.start);
  for (const token of tokens) {
    const start = textDocument.positionAt(token.start);
    data.push(
      start.line - line,
      start.line === line ? start.character - character : start.character,
      token.end - token.start,
      tokenTypes.indexOf(token.type),
      token.deprecated ? deprecated : 0,
    );
    ({ line, character } = start);
  }
  return { data };
};
