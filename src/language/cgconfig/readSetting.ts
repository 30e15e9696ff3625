import type { Entry } from '../document.ts';
import { innerEnd, innerStart, isKeyword, isMark, isName } from './tokenReader.ts';
import type { TokenReader } from './tokenReader.ts';
import type { LexerToken } from './tokens.ts';

/** `name = value ;` with what people get wrong in it. */
export const readSetting = (reader: TokenReader, entries: Entry[]): void => {
  const key = reader.now;
  if (key === undefined) return;
  if (!isName(key)) {
    reader.mistakeAt(isMark(key, ';') ? 'empty-setting' : 'unexpected-text', key);
    reader.next();
    if (isMark(key, '=')) skipSetting(reader, key);
    return;
  }
  reader.next();
  if (isKeyword(key)) reader.mistakeAt('keyword-unquoted', key);
  if (!isMark(reader.now, '=')) {
    withoutEquals(reader, key);
    return;
  }
  reader.next();
  const values = valueTokens(reader);
  const [first] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined) {
    reader.missing('missing-value', key.text);
  } else if (values.length > 1 || !isName(first)) {
    const raw = reader.text.slice(first.start, last.end);
    const comment = values.findIndex(({ kind }) => kind === 'comment');
    const foreign = values.find(({ kind }) => kind === 'foreign');
    const back = values.find(({ kind }) => kind === 'carriageReturn');
    const open = values.find(({ kind }) => kind === 'openQuote');
    if (open !== undefined) reader.mistakeAt('quote-not-closed', open);
    else if (back !== undefined) reader.mistakeAt('carriage-return', back);
    else if (comment >= 0) reader.mistakeAt('comment-after-text', values[comment] ?? first);
    else
      reader.mistake(
        foreign === undefined ? 'value-needs-quotes' : 'not-ascii',
        first.start,
        last.end,
        first.line,
        raw,
      );
  } else if (isKeyword(first)) {
    reader.mistakeAt('keyword-unquoted', first);
  }
  const single = values.length === 1 && first !== undefined;
  const valueStart = first === undefined ? reader.lastEnd() : single ? innerStart(first) : first.start;
  const valueEnd = last === undefined ? valueStart : single ? innerEnd(last) : last.end;
  const value = reader.text.slice(valueStart, valueEnd);
  endOfSetting(reader, key.text);
  entries.push({
    key: key.text,
    keyStart: innerStart(key),
    keyEnd: innerEnd(key),
    value,
    valueStart,
    valueEnd,
    start: key.start,
    end: reader.lastEnd(),
    line: key.line,
  });
};

const endOfSetting = (reader: TokenReader, key: string): void => {
  if (isMark(reader.now, ';')) reader.next();
  else reader.missing('missing-semicolon', key);
};

const withoutEquals = (reader: TokenReader, key: LexerToken): void => {
  const next = reader.now;
  if (isName(next) && next.line === key.line && !isMark(reader.peek(1), '='))
    reader.missing('missing-equals-sign', key.text);
  else if (next !== undefined && !isMark(next, ';') && !isMark(next, '}') && next.line === key.line) {
    reader.mistakeAt('unexpected-text', next);
  } else reader.missing('missing-equals-sign', key.text);
  skipSetting(reader, key);
};

/** To the end of what that began, in its line. */
const skipSetting = (reader: TokenReader, first: LexerToken): void => {
  for (;;) {
    const token = reader.now;
    if (token?.line !== first.line || isMark(token, '}')) return;
    reader.next();
    if (isMark(token, ';')) return;
  }
};

/** All that stands for the value: to the `;`, to the `}`, or to where the next setting or block begins. */
const valueTokens = (reader: TokenReader): readonly LexerToken[] => {
  const values: LexerToken[] = [];
  for (;;) {
    const token = reader.now;
    if (token === undefined || isMark(token, ';') || isMark(token, '}') || isMark(token, '{')) return values;
    const beginsNext = isName(token) && (isMark(reader.peek(1), '=') || isMark(reader.peek(1), '{'));
    const onNewLine = token.line !== reader.lastLine();
    if (onNewLine ? values.length > 0 || beginsNext : values.length > 0 && beginsNext) return values;
    values.push(token);
    reader.next();
  }
};
