/** What cgroupParameters.json looks like: the files of a control group, and how libcgroup turns those of v1 and v2 into each other. */

/** 1 is the old hierarchies, one or more controllers each; 2 is the unified one. */
export type CgroupVersion = 1 | 2;

type CgroupUnit = 'microseconds' | 'nanoseconds' | 'bytesPerSecond' | 'operationsPerSecond';

/** What a parameter takes or shows. `unlimited` is the word, or the number, that lifts a limit. */
export type CgroupValue =
  /** A decimal number. `clamps`: one out of range is taken and pulled in, not refused. */
  | {
      readonly kind: 'integer';
      readonly min?: number;
      readonly max?: number;
      readonly unlimited?: 'max' | '-1';
      readonly unit?: CgroupUnit;
      readonly clamps?: true;
    }
  /** A number with at most two decimal places. */
  | { readonly kind: 'percent'; readonly min: number; readonly max: number; readonly unlimited?: 'max' }
  /**
   * Decimal, 0x or 0 for octal, with one letter k m g t p e in either case, of base 1024. `rounding`: the kernel keeps whole
   * pages only, and rounds down.
   */
  | { readonly kind: 'bytes'; readonly unlimited?: 'max' | '-1'; readonly rounding?: 'page' | 'hugePage' }
  /** 0 or 1; `only` where one of them is refused. */
  | { readonly kind: 'boolean'; readonly only?: '1' }
  /** One of some words; `reads` are further ones that the kernel shows and does not take. */
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly reads?: readonly string[] }
  /** 0-4,6,8-10 */
  | { readonly kind: 'numberList'; readonly of: 'cpus' | 'memoryNodes' }
  /** One number a write. */
  | { readonly kind: 'taskIds'; readonly of: 'processes' | 'threads' }
  /** +NAME and -NAME, with blanks between. */
  | { readonly kind: 'controllers' }
  /** LIMIT [PERIOD] in microseconds, where the limit can be `max`. */
  | { readonly kind: 'cpuMax'; readonly min: number; readonly periodMin: number; readonly periodMax: number }
  /** [default] N, MAJOR:MINOR N or MAJOR:MINOR default */
  | { readonly kind: 'weights'; readonly min: number; readonly max: number }
  /** MAJOR:MINOR N */
  | { readonly kind: 'deviceValue'; readonly min?: number; readonly max?: number; readonly unit?: CgroupUnit }
  /** DEVICE KEY=N …; a block device is MAJOR:MINOR, one of RDMA has a name. */
  | {
      readonly kind: 'deviceKeys';
      readonly of: 'block' | 'rdma';
      readonly keys: readonly string[];
      readonly unlimited?: 'max';
    }
  /** NAME N */
  | { readonly kind: 'namedValue'; readonly of: 'resource' | 'deviceRegion'; readonly unlimited?: 'max' }
  /** a, or b or c and MAJOR:MINOR (numbers or *) and some of rwm */
  | { readonly kind: 'deviceRule' }
  /** INTERFACE N */
  | { readonly kind: 'interfacePriority' }
  /** SIZE [swappiness=N] */
  | { readonly kind: 'reclaim' }
  /** Shows averages; some|full STALL WINDOW in microseconds arms a trigger for as long as the file is open. */
  | { readonly kind: 'pressure' }
  | { readonly kind: 'path' }
  | { readonly kind: 'text' }
  /** Lines of names and numbers, to read. */
  | { readonly kind: 'statistics' };

export interface CgroupParameter {
  /** The name of the file. `<size>` stands for the size of a huge page, such as 2MB. */
  readonly name: string;
  /** `cgroup` for the files that every group has. */
  readonly controller: string;
  readonly version: CgroupVersion;
  readonly access: 'read' | 'write' | 'readWrite';
  readonly value: CgroupValue;
  /** Where it is missing elsewhere: in the root group only, or in all others. */
  readonly scope?: 'root' | 'nonRoot';
  /** What a new group begins with. */
  readonly default?: string;
  /** Has to be set before a task can be moved into a new group. */
  readonly required?: true;
  /** The kernel no longer heeds it, or will drop it. */
  readonly deprecated?: true;
  /** Parameters of the other version that come closest; none where there is nothing like it. */
  readonly equivalents: readonly string[];
  /** Keys of systemd.resource-control(5), without their `=`. */
  readonly systemd: readonly string[];
  /** One sentence of our own. */
  readonly text: string;
}

export interface CgroupController {
  readonly name: string;
  readonly versions: readonly CgroupVersion[];
  /** The controller of v2 that does the work of one of v1 alone; null where the kernel has none. */
  readonly successor?: string | null;
}

/**
 * How libcgroup turns a value around. `scale` is number * multiply / divide, truncated and not clamped; the rest of a text
 * that begins with a number is cut off. `none`: it refuses, and so fails for the whole group.
 */
export type CgroupFormula =
  | { readonly kind: 'scale'; readonly multiply: number; readonly divide: number }
  /** The same value under another name. */
  | { readonly kind: 'rename' }
  | { readonly kind: 'same' }
  /** -1 becomes max; the other field is that of the same group in the file, or else what the kernel says. */
  | { readonly kind: 'quotaToMax' }
  | { readonly kind: 'periodToMax' }
  /** The first field, max becomes -1. */
  | { readonly kind: 'maxToQuota' }
  | { readonly kind: 'maxToPeriod' }
  /** 1 becomes root, anything else member. */
  | { readonly kind: 'exclusiveToPartition' }
  /** root becomes 1, anything else 0. */
  | { readonly kind: 'partitionToExclusive' }
  /** -1 and 9223372036854771712 become max. */
  | { readonly kind: 'limitToMax' }
  /** max becomes 9223372036854771712. */
  | { readonly kind: 'maxToLimit' }
  | { readonly kind: 'none' };

export interface CgroupConversion {
  readonly from: string;
  readonly fromVersion: CgroupVersion;
  /** null where there is none. */
  readonly to: string | null;
  readonly formula: CgroupFormula;
  /** The first release of libcgroup with it; null where only its repository has it. */
  readonly since: string | null;
}

export interface CgroupSchema {
  /** The releases of libcgroup that the conversions were read from. */
  readonly libcgroup: readonly string[];
  /** The kernels whose documentation and sources the parameters were reviewed with. */
  readonly linux: readonly string[];
  readonly controllers: readonly CgroupController[];
  /** Sorted by version, controller and name. */
  readonly parameters: readonly CgroupParameter[];
  /** A parameter that has none makes libcgroup fail when it has to convert. */
  readonly conversions: readonly CgroupConversion[];
}
