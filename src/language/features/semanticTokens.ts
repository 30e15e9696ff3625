import type { SemanticTokens, SemanticTokensLegend } from 'vscode-languageserver-types';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';

export const tokenLegend: SemanticTokensLegend = { tokenTypes: [], tokenModifiers: [] };

export const semanticTokens = (_file: SourceFile, _context: Context): SemanticTokens => ({ data: [] });
