const v6 = (bytes: readonly number[]): string => {
  const groups = Array.from({ length: 8 }, (_, index) => (bytes[index * 2] ?? 0) * 256 + (bytes[index * 2 + 1] ?? 0));
  const text = groups.map((group) => group.toString(16)).join(':');
  // The longest run of two or more zero groups becomes `::` (RFC 5952).
  const runs = [...text.matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/gu)].map((run) => run[0]);
  const longest = runs.reduce((a, b) => (b.length > a.length ? b : a), '');
  if (longest === '') return text;
  const at = text.search(new RegExp(`(?<![0-9a-f])${longest}(?![0-9a-f])`, 'u'));
  return `${text.slice(0, at).replace(/:$/u, '')}::${text.slice(at + longest.length).replace(/^:/u, '')}`;
};

/** Text form of an address in network byte order, 4 or 16 bytes; undefined for anything else. */
export const addressText = (bytes: readonly number[]): string | undefined => {
  if (bytes.some((byte) => !Number.isInteger(byte) || byte < 0 || byte > 255)) return undefined;
  if (bytes.length === 4) return bytes.join('.');
  return bytes.length === 16 ? v6(bytes) : undefined;
};

const rank = (address: string): number => {
  if (address.startsWith('169.254.')) return 3;
  if (address.startsWith('127.') || address === '::1') return 5;
  if (/^fe[89ab]/u.test(address)) return 4;
  return address.includes(':') ? 2 : 1;
};

/** Not link-local and not loopback: one that others can use. */
export const isRoutable = (address: string): boolean => rank(address) <= 2;

/** Each address once: routable IPv4, IPv6, link-local, loopback. */
export const sortAddresses = (addresses: Iterable<string>): readonly string[] =>
  [...new Set(addresses)].sort((a, b) => rank(a) - rank(b));
