/** What `lxcKeys.json` looks like. It is generated (`npm run generate:lxc`). */

export type LxcRelease = '5.0' | '6.0' | '7.0';

/** All that a key may be as old as. */
export type LxcSeries = '1.0' | '1.1' | '2.0' | '2.1' | '3.0' | '4.0' | LxcRelease;

/** What a key takes: one member for each parser function of LXC that reads differently. */
export type LxcValue =
  | { readonly kind: 'text'; readonly longest?: number }
  | { readonly kind: 'path' }
  /** A number of at most `most`. */
  | { readonly kind: 'unsigned'; readonly most: number }
  /** The same, where what is no number is taken and does not count. */
  | { readonly kind: 'laxUnsigned'; readonly most: number }
  | { readonly kind: 'signed'; readonly least: number }
  /** Bytes; what is no number stands for the default. */
  | { readonly kind: 'laxBytes' }
  | { readonly kind: 'size' }
  | { readonly kind: 'signal' }
  | { readonly kind: 'logLevel' }
  | { readonly kind: 'time' }
  /** One word; `since` names those that older releases refuse. */
  | {
      readonly kind: 'word';
      readonly words: readonly string[];
      readonly anyCase?: true;
      readonly since?: Readonly<Record<string, LxcRelease>>;
    }
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly anyCase?: true }
  | { readonly kind: 'capabilities'; readonly words: readonly string[] }
  | { readonly kind: 'autoMounts'; readonly words: readonly string[] }
  /** Nothing but an empty value. */
  | { readonly kind: 'clearOnly' }
  | { readonly kind: 'assignment' }
  | { readonly kind: 'idmap' }
  | { readonly kind: 'groupNumbers' }
  | { readonly kind: 'include' }
  | { readonly kind: 'logFile' }
  | { readonly kind: 'mountEntry' }
  | { readonly kind: 'mountOptions' }
  | { readonly kind: 'notifyProxy' }
  | { readonly kind: 'cgroupPath'; readonly single?: true }
  | { readonly kind: 'limit'; readonly words: readonly string[] }
  | { readonly kind: 'flags' }
  | { readonly kind: 'interfaceName' }
  | { readonly kind: 'address'; readonly family: 4 | 6; readonly form: 'address' | 'gateway' | 'route' }
  | { readonly kind: 'vlan'; readonly none: boolean };

export interface LxcKey {
  /** One with an `N` stands for each network device; one with a stop at its end goes on with a name of the user. */
  readonly name: string;
  /** The function of LXC that reads it. */
  readonly parser: string;
  readonly value: LxcValue;
  /** The first series that had it under this name. */
  readonly first: LxcSeries;
  readonly since?: LxcRelease;
  readonly until?: LxcRelease;
  /** In words, where there is a fixed one. */
  readonly default?: string;
  readonly repeat: 'last' | 'append' | 'sameName';
  /** What `KEY =` does. */
  readonly empty: 'refused' | 'clears';
  /** The type of network device that has to be set before. */
  readonly needs?: string;
}

export interface LxcSchema {
  readonly project: 'LXC';
  readonly versions: readonly string[];
  readonly keys: readonly LxcKey[];
  /** Names that 2.1 was the last to take, and what they are called now; null is nothing. */
  readonly renamed: Readonly<Record<string, string | null>>;
}
