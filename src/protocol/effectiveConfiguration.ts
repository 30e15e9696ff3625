/** Asks what counts of a configuration with all that it includes; `nspawn/effectiveConfiguration`. */
export interface EffectiveQuestion {
  readonly textDocument: { readonly uri: string };
  /** The text that is asked about, which only root may be able to read. */
  readonly text: string;
}

/** A page for people; null is the answer for what is no such file. */
export interface EffectiveConfiguration {
  readonly text: string;
  /** The lines of its id map that count, and whether an included file has them. */
  readonly idMap: readonly { readonly value: string; readonly isIncluded: boolean }[];
  /** Lines of `text` that name a place in a file, both counted from 0. */
  readonly origins: readonly { readonly line: number; readonly uri: string; readonly lineThere: number }[];
}
