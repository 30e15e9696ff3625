import * as l10n from '@vscode/l10n';
import type { Mistake } from '../document.ts';
import type { Fix } from '../finding.ts';

export const insert = (title: string, text: string): ((mistake: Mistake) => Fix) => {
  return ({ end }) => ({ title, changes: [{ start: end, end, text }], preferred: true });
};

/** In double quotes in place of single ones, unless one is in it already, for which there is no escape. */
export const quote = ({ start, end }: Mistake, text: string): Fix | undefined => {
  const words = text.slice(start, end).replace(/^'([^']*)'$/u, '$1');
  // A comment of another language is no part of a name.
  if (words.includes('"') || /\/\*|\*\/|(?:^|\s)\/\//u.test(words)) return undefined;
  return { title: l10n.t('Put it into quotes'), changes: [{ start, end, text: `"${words}"` }], preferred: true };
};

export const remove = (title: string): ((mistake: Mistake) => Fix) => {
  return ({ start, end }) => ({ title, changes: [{ start, end, text: '' }], preferred: true });
};

export const plainLineEnds = (_mistake: Mistake, text: string): Fix => ({
  title: l10n.t('Change all line ends to those of Unix'),
  changes: [...text.matchAll(/\r\n?/gu)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
    text: '\n',
  })),
  preferred: true,
});

/** The lines of a comment as other languages have it, as libcgroup knows comments. */
const plainComment = (comment: string): readonly string[] =>
  comment
    .replace(/^\/[/*]+|\*+\/$/gu, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\*?\s*/u, '').trimEnd())
    .filter((line) => line !== '')
    .map((line) => `# ${line}`);

/** The comment goes onto a line of its own above, in front of what it stands behind. */
export const moveComment = ({ start, end }: Mistake, text: string): Fix | undefined => {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = /^[ \t]*/u.exec(text.slice(lineStart, start))?.[0] ?? '';
  const from = text.slice(lineStart, start).trimEnd().length + lineStart;
  const comment = text.slice(start, end).trimEnd();
  const lines = comment.startsWith('#') ? [comment] : plainComment(comment);
  // One that stands alone needs no line of its own, and nothing may stand behind it in its last one.
  const isAlone = from === lineStart && /^[ \t]*(?:\n|$)/u.test(text.slice(end));
  // What stands in front of it is wrong then, and not the comment.
  if (isAlone && comment.startsWith('#')) return undefined;
  if (isAlone)
    return {
      title: l10n.t('Write it with #'),
      changes: [{ start, end, text: lines.join(`\n${indent}`) }],
      preferred: true,
    };
  return {
    title: l10n.t('Move the comment above'),
    changes: [
      { start: lineStart, end: lineStart, text: lines.map((line) => `${indent}${line}\n`).join('') },
      { start: from, end, text: '' },
    ],
    preferred: true,
  };
};

const plainQuotes: ReadonlyMap<string, string> = new Map([
  ['“', '"'],
  ['”', '"'],
  ['„', '"'],
  ['«', '"'],
  ['»', '"'],
  ['\u00a0', ' '],
  ['\u3000', ' '],
  ['；', ';'],
  ['＝', '='],
]);

/** Characters that are not seen, by the name that a person knows them by. */
export const invisible: ReadonlyMap<string, string> = new Map([
  ['\0', l10n.t('A NUL byte')],
  ['\u00a0', l10n.t('A no-break space (U+00A0)')],
  ['\u200b', l10n.t('A zero-width space (U+200B)')],
  ['\u3000', l10n.t('An ideographic space (U+3000)')],
  ['\ufeff', l10n.t('A byte order mark (U+FEFF)')],
]);

/** What word processors and input methods put where ASCII was meant; other letters go into quotes. */
export const plainCharacters = (mistake: Mistake, text: string): Fix | undefined => {
  const { start, end } = mistake;
  const words = text.slice(start, end);
  const plain = words.replace(/[^\0-\x7f]/gu, (character) => plainQuotes.get(character) ?? character);
  if (plain === words && invisible.has(words)) return undefined;
  // A blank in front of a comment helps nothing: the comment has a finding of its own.
  if (plain.trim() === '' && text.startsWith('#', end)) return undefined;
  if (/[^\0-\x7f]/u.test(plain)) return quote(mistake, text);
  if (plain === words) return undefined;
  return { title: l10n.t('Write it in ASCII'), changes: [{ start, end, text: plain }] };
};
