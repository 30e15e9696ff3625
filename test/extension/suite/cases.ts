/** Tests by name. */
export type Cases = Readonly<Record<string, () => Promise<void>>>;
