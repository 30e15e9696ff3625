/**
 * What the JSON files beside this one look like. They are generated (`npm run generate`); nothing here is imported from
 * elsewhere, so that every other room can use it.
 */

/** Which words an enumeration takes; `since` and `until` are systemd versions, both inclusive. */
export interface EnumWord {
  readonly name: string;
  readonly since?: number;
  readonly until?: number;
}

/** How a limit of setrlimit(2) is written: a size, a plain number, seconds, microseconds, or a nice value. */
export type RlimitUnit = 'bytes' | 'count' | 'seconds' | 'microseconds' | 'nice';

/** What a directive takes: one member for each parser function of systemd that reads differently. */
export type ValueType =
  /** `empty`: whether `Key=` puts the setting back to its default or is refused. */
  | { readonly kind: 'boolean'; readonly empty: 'reset' | 'error' }
  /** Boot= and ProcessTwo=: a boolean, and the first of the two wins. */
  | { readonly kind: 'startMode' }
  /** Words that quotes group and that keep their backslashes. */
  | { readonly kind: 'words' }
  /** NAME=VALUE words. */
  | { readonly kind: 'environment' }
  | { readonly kind: 'text' }
  | { readonly kind: 'capabilities' }
  | { readonly kind: 'signal' }
  | { readonly kind: 'architecture' }
  | { readonly kind: 'id128' }
  | { readonly kind: 'absolutePath'; readonly empty: 'reset' | 'error' }
  | { readonly kind: 'pivotRoot' }
  | { readonly kind: 'privateUsers' }
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'syscallFilter' }
  | { readonly kind: 'rlimit'; readonly unit: RlimitUnit }
  | { readonly kind: 'hostname' }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number; readonly empty: 'reset' | 'error' }
  /** `refusesFile`: up to 257 a bad range refuses the whole file. */
  | { readonly kind: 'cpuSet'; readonly refusesFile: boolean }
  /** One of some words, case-sensitive; `booleans` says which words yes and no stand for, where they are taken. */
  | {
      readonly kind: 'enum';
      readonly words: readonly EnumWord[];
      readonly booleans?: { readonly true: string; readonly false: string };
    }
  | { readonly kind: 'addressFamilies' }
  | { readonly kind: 'bind' }
  | { readonly kind: 'tmpfs' }
  | { readonly kind: 'inaccessible' }
  | { readonly kind: 'overlay' }
  | { readonly kind: 'userNames' }
  | { readonly kind: 'shell' }
  | { readonly kind: 'interfacePairs' }
  | { readonly kind: 'vethPair' }
  | { readonly kind: 'interfaceName' }
  | { readonly kind: 'zone' }
  | { readonly kind: 'port' };

export type ValueKindName = ValueType['kind'];

/** The parser function that reads a directive from a version of systemd on. */
export interface DirectiveParser {
  readonly from: number;
  /** Its name in systemd, such as `config_parse_tristate`. */
  readonly parser: string;
  readonly value: ValueType;
}

/** What becomes of a directive in a file that lies next to the image. `denyOnly`: only deny lists count there. */
export type Trust = 'honoured' | 'ignored' | 'denyOnly';

export interface DirectiveSchema {
  readonly section: string;
  readonly name: string;
  /** First and last version of systemd that knows it, both inclusive. 226 is the first that knew `.nspawn` files. */
  readonly since: number;
  readonly until?: number;
  /** Ascending by `from`; the first has the directive's own `since`. */
  readonly parsers: readonly DirectiveParser[];
  readonly trust: Trust;
  /** Where the trust was another in older versions: `ignored` counts from this version on. */
  readonly ignoredSince?: number;
  /** What a second line of the same directive does. `first`: the first wins and the second is refused. */
  readonly repeat: 'last' | 'append' | 'first';
  /** Settings that a command line option drops together, such as NETWORK. */
  readonly mask: string;
  /** Options of systemd-nspawn that say the same. */
  readonly flags: readonly string[];
  /** In words, where there is a fixed one. */
  readonly default?: string;
}

export interface NspawnSchema {
  readonly project: 'systemd';
  /** The versions whose sources were read. */
  readonly versions: readonly number[];
  readonly sections: readonly string[];
  readonly directives: readonly DirectiveSchema[];
}

/** The words that values are made of. A number is the one of Linux on x86-64 where an architecture matters. */
export interface ValueSets {
  readonly project: 'systemd';
  readonly versions: readonly number[];
  readonly capabilities: readonly { readonly name: string; readonly number: number; readonly summary: string }[];
  /** What systemd-nspawn leaves a machine when nothing is set. */
  readonly defaultCapabilities: readonly string[];
  readonly syscalls: readonly string[];
  /** `name` begins with `@`; a member is a system call or another group. The members are those of the newest version. */
  readonly syscallGroups: readonly {
    readonly name: string;
    readonly since?: number;
    readonly members: readonly string[];
  }[];
  /** What is allowed when nothing is set, some of it only with a capability. */
  readonly defaultSyscalls: readonly {
    readonly capability: string | null;
    readonly item: string;
    readonly since?: number;
    readonly until?: number;
  }[];
  readonly signals: readonly { readonly name: string; readonly number: number }[];
  readonly addressFamilies: readonly string[];
  readonly architectures: readonly string[];
  /** An architecture and those whose programs its kernel runs. */
  readonly nativeArchitectures: Readonly<Record<string, readonly string[]>>;
  readonly bindOptions: readonly { readonly name: string; readonly since?: number; readonly default?: true }[];
  readonly timeUnits: Readonly<Record<string, readonly string[]>>;
  readonly sizeUnits: readonly string[];
}
