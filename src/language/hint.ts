/** What is not written in a text and holds all the same, to be shown in it. */
export interface Hint {
  /** The offset that it is shown at. One that begins with a colon goes on with the text there. */
  readonly at: number;
  readonly label: string;
  /** Why it holds. */
  readonly tooltip: string;
}
