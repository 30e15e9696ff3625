/** Numbers from linux/capability.h: of those that entering needs, and of those that decide which system calls there are. */
export const capability = {
  setgid: 6,
  setuid: 7,
  ipcLock: 14,
  sysModule: 16,
  sysRawio: 17,
  sysChroot: 18,
  sysPtrace: 19,
  sysPacct: 20,
  sysAdmin: 21,
  sysBoot: 22,
  sysTime: 25,
  sysTtyConfig: 26,
  auditWrite: 29,
  auditControl: 30,
  syslog: 34,
  auditRead: 37,
} as const;

export const hasCapability = (set: bigint, bit: number): boolean => ((set >> BigInt(bit)) & 1n) === 1n;

export const withoutCapabilities = (set: bigint, bits: readonly number[]): bigint =>
  bits.reduce((rest, bit) => rest & ~(1n << BigInt(bit)), set);

/**
 * A set as `setpriv --bounding-set` takes it. By number, because an older setpriv does not know the newer names.
 */
export const setprivSet = (set: bigint): string => {
  const bits = Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => hasCapability(set, bit));
  return ['-all', ...bits.map((bit) => `+cap_${bit}`)].join(',');
};
