/** Numbers from linux/capability.h of those that entering needs. */
export const capability = { setgid: 6, setuid: 7, sysChroot: 18, sysAdmin: 21 } as const;

export const hasCapability = (set: bigint, bit: number): boolean => ((set >> BigInt(bit)) & 1n) === 1n;

/**
 * A set as `setpriv --bounding-set` takes it. By number, because an older setpriv does not know the newer names.
 */
export const setprivSet = (set: bigint): string => {
  const bits = Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => hasCapability(set, bit));
  return ['-all', ...bits.map((bit) => `+cap_${bit}`)].join(',');
};
