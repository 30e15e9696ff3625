/** Asks what keeps a machine from starting; `nspawn/startObstacles`. The host is looked at anew. */
export interface StartObstaclesQuestion {
  readonly textDocument: { readonly uri: string };
  readonly text: string;
  /**
   * Whether a machine's own file was found in one of the administrator's directories. Absent for a text in an editor, which is judged
   * where it lies, and by this host only where it is for this host.
   */
  readonly trusted?: boolean;
}

/** A line for which the machine does not start, in the words that stand on the line in the editor. */
export interface StartObstacle {
  /** From 0. */
  readonly line: number;
  readonly message: string;
}
