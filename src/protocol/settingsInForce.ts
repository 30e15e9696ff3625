/** Asks what of a `.nspawn` file counts for the systemd of this host; `nspawn/settingsInForce`. */
export interface SettingsInForceQuestion {
  readonly textDocument: { readonly uri: string };
  /** The file as it is on the disk: what is typed in an editor does not count yet. */
  readonly text: string;
  /** Whether it was found in one of the administrator's directories. */
  readonly trusted: boolean;
}

/** What counts in the end; null is the answer where nobody can tell. */
export interface SettingsInForce {
  /** systemd starts no machine with this file. */
  readonly refused: boolean;
  /** The file, and not its caller, decides whether and how the machine has users of its own. */
  readonly decidesUsers: boolean;
}
