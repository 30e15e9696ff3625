/**
 * The same string with memory of its own, for what is remembered longer than a text: a piece of a text keeps all of it in
 * memory, and with each key there is a new one.
 */
export const onItsOwn = (piece: string): string => ` ${piece}`.slice(1);
