/** Something in the sources, or on the way to them, that a person has to look at; its message says what to do. */
export class SourceProblem extends Error {}

/** Reading C the little that its tables need: comments go, a function or a table is found by its name. */

/** Without comments and included files; strings stay as they are. */
export const withoutComments = (text: string): string =>
  text.replace(/^#include .*$|"(?:[^"\\\n]|\\.)*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*/gmu, (found) =>
    found.startsWith('"') ? found : ' ',
  );

const escaped = (name: string): string => name.replace(/[$()*+.?[\\\]^{|}]/gu, '\\$&');

/** What stands between the braces of a function at the left margin, or undefined where there is none of this name. */
export const functionBody = (text: string, name: string): string | undefined =>
  new RegExp(`^[a-z_][\\w *]*\\b${escaped(name)}\\([^;{}]*\\)\\s*\\{\\n([\\s\\S]*?)^\\}`, 'mu').exec(text)?.[1];

/**
 * What stands between the braces of a table.
 * @throws SourceProblem when there is none
 */
export const tableBody = (text: string, name: string): string => {
  const body = new RegExp(`\\b${escaped(name)}\\b[^=;{}]*=\\s*\\{([\\s\\S]*?)^\\s*\\};?$`, 'mu').exec(text)?.[1];
  if (body === undefined) throw new SourceProblem(`there is no table ${name} any more`);
  return body;
};

/** The strings in a piece of C, in their order. */
export const stringsIn = (text: string): readonly string[] =>
  [...text.matchAll(/"((?:[^"\\\n]|\\.)*)"/gu)].map(([, content = '']) => content);

/** `[INDEX] = "word"` rows, in their order. */
export const indexedStrings = (body: string): ReadonlyMap<string, string> =>
  new Map([...body.matchAll(/\[(\w+)\]\s*=\s*"([^"]*)"/gu)].map(([, index = '', word = '']) => [index, word]));
