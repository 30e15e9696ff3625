import type { ConfigDocument, Section } from '../document.ts';
import { lastBeginning } from '../locate.ts';
import type { CursorPlace } from '../vocabulary.ts';
import { Lexer, type LexerToken } from './tokens.ts';

/** The blocks whose braces stand around a place, outermost first. */
const blocksAround = (document: ConfigDocument, text: string, offset: number): readonly Section[] => {
  const path: Section[] = [];
  let sections = document.sections;
  for (;;) {
    const section = lastBeginning(sections, offset);
    // A word that is being typed is read as the head of a block whose brace is missing.
    if (section === undefined || offset < section.headerEnd || text.charAt(section.headerEnd - 1) !== '{') return path;
    const isClosed = text.charAt(section.end - 1) === '}' && section.end > section.headerEnd;
    if (isClosed && offset >= section.end) return path;
    path.push(section);
    ({ sections } = section);
  }
};

const holdsBlocks = (section: Section | undefined): boolean =>
  section === undefined || ['', 'group', 'template', 'default', 'perm'].includes(section.keyword);

const isWritten = ({ kind }: LexerToken): boolean => kind === 'word' || kind === 'string' || kind === 'openQuote';

/** All that a place depends on: the last four tokens that begin in front of it or there, and the next one. */
const tokensAround = (text: string, offset: number): readonly LexerToken[] => {
  const lexer = new Lexer(text);
  const around: LexerToken[] = [];
  for (let token = lexer.next(); token !== undefined; token = lexer.next()) {
    around.push(token);
    if (token.start > offset) break;
    if (around.length > 4) around.shift();
  }
  return around;
};

/** What a cursor stands in, in a cgconfig.conf. */
export const cgconfigPlaceAt = (document: ConfigDocument, text: string, offset: number): CursorPlace | undefined => {
  const tokens = tokensAround(text, offset);
  const at = tokens.findLastIndex(({ start }) => start <= offset);
  const touched = tokens[at];
  // One sign can touch a word on its left: `=|word` means the word, which begins at the cursor.
  const current = touched !== undefined && isWritten(touched) && offset <= touched.end ? touched : undefined;
  const beforeIndex = current === undefined ? at - (touched?.start === offset ? 1 : 0) : at - 1;
  const before = tokens[beforeIndex];
  const word = current ?? wordEndingAt(tokens[beforeIndex], offset);
  const last = word === undefined || word === current ? before : tokens[beforeIndex - 1];
  const next = tokens[(word === undefined ? beforeIndex : tokens.indexOf(word)) + 1];
  const path = blocksAround(document, text, offset);

  if (last?.kind === 'punctuation' && last.text === '=') {
    const key = tokens[tokens.indexOf(last) - 1];
    return key !== undefined && isWritten(key) ? inValue(path, key.text, word, text, offset) : undefined;
  }
  const isFirst = last === undefined || '{};'.includes(last.text) || text.slice(last.end, offset).includes('\n');
  if (!isFirst || word?.kind === 'string' || word?.kind === 'openQuote') return undefined;
  const start = word?.start ?? offset;
  const end = word?.end ?? offset;
  if (!holdsBlocks(path.at(-1)))
    return { kind: 'key', path, start, end, assigned: next?.text === '=', blocksToo: false };
  // A block that is there already keeps its braces.
  const hasRest = next !== undefined && word !== undefined && (next.text === '{' || next.line === word.line);
  return hasRest ? undefined : { kind: 'block', path, start, end };
};

const wordEndingAt = (token: LexerToken | undefined, offset: number): LexerToken | undefined =>
  token !== undefined && isWritten(token) && token.end === offset ? token : undefined;

const inValue = (
  path: readonly Section[],
  key: string,
  word: LexerToken | undefined,
  text: string,
  offset: number,
): CursorPlace | undefined => {
  const isQuoted = word !== undefined && word.kind !== 'word';
  const from = word === undefined ? offset : word.start + (isQuoted ? 1 : 0);
  const to = word === undefined ? offset : word.end - (word.kind === 'string' ? 1 : 0);
  if (offset < from || offset > to) return undefined;
  return {
    kind: 'value',
    path,
    key,
    value: text.slice(from, to),
    at: offset - from,
    offsetInText: (index) => from + index,
  };
};
