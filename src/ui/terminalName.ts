/**
 * The name, with a number behind it where a terminal that is open has it: tabs of one name cannot be told apart, neither in their
 * list nor by a screen reader.
 */
export const freeName = (name: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name} (${number})`)) number += 1;
  return `${name} (${number})`;
};
