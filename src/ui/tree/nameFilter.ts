/** A test for names: all words of the filter must be in it, in any case and order. */
export const nameFilter = (filter: string): ((name: string) => boolean) => {
  const words = filter
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  return (name) => {
    const lower = name.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
};
