const deceptive = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u;
// Blanks other than the usual one, which look like it or like nothing.
const oddBlank = /[^\P{Zs} ]/u;
const controlPictures = 0x2400;
const deleteCharacter = 0x7f;

const visible = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(controlPictures + code);
  if (code === deleteCharacter) return '\u2421';
  if (!deceptive.test(character) && !oddBlank.test(character)) return character;
  return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
};

/**
 * A name as a label. Unlike running text it is not cleaned but made visible, so that two names that differ never look the
 * same: control characters become their pictures (`␊`), what turns the direction of writing or has no shape becomes its
 * code (`⟨U+202E⟩`). Cut in the middle beyond `limit` characters, because names are often told apart by their ends.
 */
export const visibleName = (name: string, limit = 80): string => {
  const characters = Array.from(name).map(visible);
  if (characters.length <= limit) return characters.join('');
  const end = Math.floor((limit - 1) / 3);
  return `${characters.slice(0, limit - 1 - end).join('')}…${characters.slice(-end).join('')}`;
};
