/** A `}`, a setting, or what begins a block; all offsets count from where it was looked for. */
export interface Item {
  /** Missing for a `}`. */
  readonly word?: string | undefined;
  readonly start: number;
  readonly name?: string | undefined;
  readonly nameStart: number;
  /** As it is written, with its quotes. */
  readonly value?: string | undefined;
  readonly valueStart: number;
  /** Behind it. */
  readonly end: number;
}

/** Looks for an item behind nothing but blanks. */
export const createSearch = (text: string): ((at: number) => Item | undefined) => {
  // A `}`; or a word with a value in the same line; or a word, or two, with a `{`.
  const item =
    /[ \t\n]*(?:(\})|([-A-Za-z0-9_\\@%,./]+)(?:[ \t]*=[ \t]*([-A-Za-z0-9_\\@%,./]+|"[^"\n]*")[ \t]*;|(?:[ \t\n]+([-A-Za-z0-9_\\@%,./]+))?[ \t\n]*\{))/uy;
  return (at) => {
    item.lastIndex = at;
    const match = item.exec(text);
    if (match === null) return undefined;
    const [, , word, value, name] = match;
    const end = item.lastIndex - at;
    if (word === undefined) return { start: end - 1, nameStart: 0, valueStart: 0, end };
    const start = text.indexOf(word, at);
    const wordEnd = start + word.length;
    const nameStart = name === undefined ? 0 : text.indexOf(name, wordEnd) - at;
    const valueStart = value === undefined ? 0 : text.indexOf(value, wordEnd) - at;
    return { word, start: start - at, name, nameStart, value, valueStart, end };
  };
};
