const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** Bytes in IEC units with about three digits, as systemd writes them: `1.4 GiB`. */
export const byteSize = (bytes: number): string => {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  // 1,023.97 KiB would read 1024 KiB: that is the next unit.
  if (Math.round(value) === 1024 && power < units.length - 1) return `1.0 ${units[power + 1] ?? 'B'}`;
  const digits = power > 0 && Number(value.toFixed(1)) < 100 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[power] ?? 'B'}`;
};
