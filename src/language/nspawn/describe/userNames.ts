import type { ValueType } from '../../../schema/types.ts';
import type { Description } from '../describeValue.ts';
import { boundUserExample } from '../owners.ts';
import { extractWords } from '../values/extractWord.ts';
import type { ValueContext } from '../values/valueKind.ts';

/** Users of the host, with blanks between them. */
export const describeUserNames = (
  value: string,
  offset: number,
  _type: Extract<ValueType, { readonly kind: 'userNames' }>,
  { directive }: ValueContext,
): Description | undefined => {
  const { words } = extractWords(value, {});
  const index = words.findIndex(({ start, end }) => start <= offset && offset <= end);
  const word = words[index];
  if (word === undefined || directive.name !== 'BindUser') return undefined;
  return { start: word.start, end: word.end, markdown: boundUserExample(word.text, index) };
};
