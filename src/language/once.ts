/**
 * What is made when it is first asked for, and kept: a table that most files need nothing of, which would otherwise be made each
 * time the linter is started.
 */
export const once = <Made extends object>(make: () => Made): (() => Made) => {
  const kept: { made?: Made } = {};
  return () => {
    kept.made ??= make();
    return kept.made;
  };
};

/** The same for what belongs to a number, such as a version. */
export const onceEach = <Made extends object>(make: (key: number) => Made): ((key: number) => Made) => {
  const kept = new Map<number, Made>();
  return (key) => {
    const made = kept.get(key) ?? make(key);
    kept.set(key, made);
    return made;
  };
};

/**
 * The same string with memory of its own, for what is remembered longer than a text: a piece of a text keeps all of it in
 * memory, and with each key there is a new one.
 */
export const onItsOwn = (piece: string): string => ` ${piece}`.slice(1);
