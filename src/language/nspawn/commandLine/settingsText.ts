/** One line of a settings file. */
export interface Setting {
  readonly section: 'Exec' | 'Files' | 'Network';
  readonly key: string;
  readonly value: string;
}

/**
 * A word as a list of words in a settings file takes it back: quotes group, the other kind quotes a quote, and there is no
 * escape. Undefined where no spelling exists, because a line cannot hold the end of a line.
 */
export const quoteForFile = (word: string): string | undefined => {
  if (/[\n\r\0]/u.test(word)) return undefined;
  if (word !== '' && !/[\s"']/u.test(word) && !word.endsWith('\\')) return word;
  if (!word.includes('"')) return `"${word}"`;
  if (!word.includes("'")) return `'${word}'`;
  return word
    .split(/("+)/u)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('"') ? `'${part}'` : `"${part}"`))
    .join('');
};

/** A value that a line can hold as it is: not over its end, not with blanks that are cut off, not continued. */
export const fitsInLine = (value: string): boolean =>
  !/[\n\r\0]/u.test(value) && value.trim() === value && !value.endsWith('\\');

/** The file: sections in the usual order, settings in theirs. */
export const settingsText = (comments: readonly string[], settings: readonly Setting[]): string => {
  const sections = (['Exec', 'Files', 'Network'] as const).flatMap((section) => {
    const lines = settings.filter((setting) => setting.section === section).map(({ key, value }) => `${key}=${value}`);
    return lines.length === 0 ? [] : [[`[${section}]`, ...lines].join('\n')];
  });
  const head = comments.length === 0 ? [] : [comments.map((comment) => `# ${comment}`).join('\n')];
  return `${[...head, ...sections].join('\n\n')}\n`;
};
