import type { Range, SemanticTokens } from 'vscode-languageserver/node';

/** The tokens on the lines of a range. Five numbers are a token, and its place is relative to the one before. */
export const tokensIn = ({ data }: SemanticTokens, { start, end }: Range): SemanticTokens => {
  const kept: number[] = [];
  const at = { line: 0, character: 0, keptLine: 0, keptCharacter: 0 };
  for (let index = 0; index + 4 < data.length; index += 5) {
    const [lines = 0, characters = 0, ...rest] = data.slice(index, index + 5);
    at.character = lines === 0 ? at.character + characters : characters;
    at.line += lines;
    if (at.line < start.line || at.line > end.line) continue;
    const down = at.line - at.keptLine;
    kept.push(down, down === 0 ? at.character - at.keptCharacter : at.character, ...rest);
    at.keptLine = at.line;
    at.keptCharacter = at.character;
  }
  return { data: kept };
};
