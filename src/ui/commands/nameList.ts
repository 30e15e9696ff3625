import { plainText } from '../plainText.ts';

const shownAtMost = 10;

/** Names for a dialog, one a line; of many the first ones and how many more there are. */
export const nameList = (names: readonly string[], describe: (name: string) => string = () => ''): string => {
  const lines = names.slice(0, shownAtMost).map((name) => {
    const description = describe(name);
    return `• ${plainText(name, 80)}${description === '' ? '' : ` (${description})`}`;
  });
  return [...lines, ...(names.length > shownAtMost ? [`… +${names.length - shownAtMost}`] : [])].join('\n');
};
