/**
 * The words of a line as a shell would part them at blanks, with quotes and backslashes taken away, and nothing else: nothing is replaced,
 * so `$HOME` and `*` stay what they are. Undefined where a quote or a backslash has no end.
 */
export const splitArguments = (line: string): readonly string[] | undefined => {
  const words: string[] = [];
  const word = /(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/suy;
  for (let at = 0; ; at = word.lastIndex) {
    at += /^\s*/u.exec(line.slice(at))?.[0].length ?? 0;
    if (at === line.length) return words;
    word.lastIndex = at;
    const found = word.exec(line)?.[0];
    if (found === undefined) return undefined;
    const parts = found.matchAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^'"\\]+)/gsu);
    const texts = [...parts].map(
      ([, single, double, escaped, plain]) =>
        single ?? double?.replace(/\\(["\\$`])/gu, '$1') ?? escaped ?? plain ?? '',
    );
    words.push(texts.join(''));
  }
};
