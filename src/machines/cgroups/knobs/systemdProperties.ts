/** A number of bytes as memparse() of the kernel reads it; undefined for what is none. */
export const readBytes = (text: string): bigint | undefined => {
  const [, digits = '', letter = ''] = /^(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)([kmgtpe]?)$/iu.exec(text) ?? [];
  if (digits === '') return undefined;
  const number = BigInt(/^0\d/u.test(digits) ? `0o${digits.slice(1)}` : digits);
  return letter === '' ? number : number << BigInt(10 * ('kmgtpe'.indexOf(letter.toLowerCase()) + 1));
};

type Convert = (value: string) => readonly string[] | undefined;

const bytes =
  (property: string): Convert =>
  (value) => {
    if (value === 'max' || value === '-1') return [`${property}=infinity`];
    const number = readBytes(value);
    return number === undefined ? undefined : [`${property}=${number}`];
  };

const count =
  (property: string): Convert =>
  (value) =>
    value === 'max' ? [`${property}=infinity`] : /^\d+$/u.test(value) ? [`${property}=${value}`] : undefined;

const plain =
  (property: string): Convert =>
  (value) =>
    /^[\d,\s-]*$/u.test(value) ? [`${property}=${value.trim().replace(/\s+/gu, ' ')}`] : undefined;

/** Percent with at most two decimals: systemd keeps no more. */
const percent = (quota: number, period: number): string => String(Number(((quota / period) * 100).toFixed(2)));

const cpuMax: Convert = (value) => {
  const [, quota = '', period = '100000'] = /^(max|\d+)(?:\s+(\d+))?$/u.exec(value) ?? [];
  if (quota === '') return undefined;
  const length = `CPUQuotaPeriodSec=${period}us`;
  return quota === 'max' ? ['CPUQuota=', length] : [`CPUQuota=${percent(Number(quota), Number(period))}%`, length];
};

const ioWeight: Convert = (value) => {
  const [, device, weight = ''] = /^(?:default\s+|(\d+:\d+)\s+)?(\d+)$/u.exec(value) ?? [];
  if (weight === '') return undefined;
  return device === undefined ? [`IOWeight=${weight}`] : [`IODeviceWeight=/dev/block/${device} ${weight}`];
};

const ioMaxProperties: Readonly<Partial<Record<string, string>>> = {
  rbps: 'IOReadBandwidthMax',
  wbps: 'IOWriteBandwidthMax',
  riops: 'IOReadIOPSMax',
  wiops: 'IOWriteIOPSMax',
};

const ioMax: Convert = (value) => {
  const [device = '', ...pairs] = value.split(/\s+/u);
  if (!/^\d+:\d+$/u.test(device) || pairs.length === 0) return undefined;
  const settings: string[] = [];
  for (const pair of pairs) {
    const [, key = '', limit = ''] = /^([a-z]+)=(max|\d+)$/u.exec(pair) ?? [];
    const property = ioMaxProperties[key];
    if (property === undefined) return undefined;
    settings.push(`${property}=/dev/block/${device} ${limit === 'max' ? 'infinity' : limit}`);
  }
  return settings;
};

/** The parameters that systemd sets itself, and would set back. */
const conversions: Readonly<Partial<Record<string, Convert>>> = {
  'memory.max': bytes('MemoryMax'),
  'memory.high': bytes('MemoryHigh'),
  'memory.low': bytes('MemoryLow'),
  'memory.min': bytes('MemoryMin'),
  'memory.swap.max': bytes('MemorySwapMax'),
  'memory.zswap.max': bytes('MemoryZSwapMax'),
  'memory.limit_in_bytes': bytes('MemoryMax'),
  'cpu.weight': count('CPUWeight'),
  'cpu.shares': count('CPUShares'),
  'cpu.max': cpuMax,
  'cpuset.cpus': plain('AllowedCPUs'),
  'cpuset.mems': plain('AllowedMemoryNodes'),
  'pids.max': count('TasksMax'),
  'io.weight': ioWeight,
  'io.max': ioMax,
};

/** Whether systemd has a property for a parameter. */
export const hasProperty = (parameter: string): boolean => conversions[parameter] !== undefined;

/** The settings, `MemoryMax=4096`, that give a unit this value; undefined where there are none for it. */
export const systemdSettings = (parameter: string, value: string): readonly string[] | undefined =>
  conversions[parameter]?.(value.trim());
