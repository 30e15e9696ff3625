/**
 * Compares versions as dpkg and systemd do: digits by their value, `~` before everything, even before the end, and letters
 * before other characters. https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
 */
export const compareVersions = (one: string, other: string): number => {
  const weight = (character: string | undefined): number => {
    if (character === '~') return -1;
    if (character === undefined || /\d/u.test(character)) return 0;
    return /[A-Za-z]/u.test(character) ? character.charCodeAt(0) : character.charCodeAt(0) + 256;
  };
  const parts = (version: string): readonly string[] => version.match(/\d+|\D+/gu) ?? [];
  const mine = parts(/^\d/u.test(one) ? `:${one}` : one);
  const theirs = parts(/^\d/u.test(other) ? `:${other}` : other);
  for (let index = 0; index < Math.max(mine.length, theirs.length); index++) {
    const a = mine[index] ?? '';
    const b = theirs[index] ?? '';
    if (index % 2 === 1) {
      const difference = Number(a) - Number(b);
      if (difference !== 0) return difference;
      continue;
    }
    for (let at = 0; at < Math.max(a.length, b.length); at++) {
      const difference = weight(a[at]) - weight(b[at]);
      if (difference !== 0) return difference;
    }
  }
  return 0;
};

/** What `systemctl --version` or a package calls a systemd, such as `257.13-1~deb13u1`; undefined for what is none. */
export const releaseIn = (text: string): string | undefined =>
  /^v?([1-9]\d{1,3}(?:[-.+~^_][\w.+~^:-]*)?)$/u.exec(text.trim())?.[1];

/** Its number, such as 257. */
export const versionOf = (release: string): number => Number(/^\d+/u.exec(release)?.[0]);

/** Reads the first line of `systemctl --version`, such as `systemd 257 (257.9-1~deb13u1)`: what is in brackets says more. */
export const installedReleaseIn = (output: string): string | undefined => {
  const [, number = '', exact = ''] = /^systemd (\S+)(?: \(([^()]+)\))?/u.exec(output) ?? [];
  const release = releaseIn(number);
  const more = releaseIn(exact);
  return more !== undefined && release !== undefined && versionOf(more) === versionOf(release) ? more : release;
};

/**
 * Since which point release of a version the hole is closed: the ends of the ranges that NVD gives, 233 to 257.12, 258 to 258.6
 * and 259 to 259.4. https://nvd.nist.gov/vuln/detail/CVE-2026-40226
 */
const closedUpstream: Readonly<Record<number, string>> = { 257: '257.12', 258: '258.6', 259: '259.4' };

/** The first packages of distributions that have closed it in an older one, by what is in the names of their packages. */
const closedByDistribution: readonly (readonly [version: number, mark: RegExp, release: string])[] = [
  [247, /deb11/u, '247.3-7+deb11u8'],
  [252, /deb12/u, '252.39-1~deb12u2'],
  [255, /ubuntu/u, '255.4-1ubuntu8.16'],
];

/** Whether anybody has closed it in a release of that version. */
const isClosedIn = (version: number): boolean =>
  version >= 260 || version in closedUpstream || closedByDistribution.some(([of]) => of === version);

/**
 * Whether a systemd has CVE-2026-40226, by which a file beside an image leads out of the machine: Ephemeral= and BindUser= of it
 * count, and PivotRoot= may go upwards. Without a release it is the newest of its version, which for some is open all the same.
 */
export const hasTrustHole = ({
  systemdVersion,
  systemdRelease,
}: {
  readonly systemdVersion: number;
  readonly systemdRelease?: string | undefined;
}): boolean => {
  if (systemdRelease === undefined) return !isClosedIn(systemdVersion);
  const version = versionOf(systemdRelease);
  if (version >= 260) return compareVersions(systemdRelease, '260') < 0;
  const upstream = closedUpstream[version];
  if (upstream !== undefined && compareVersions(systemdRelease, upstream) >= 0) return false;
  return !closedByDistribution.some(
    ([of, mark, release]) =>
      of === version && mark.test(systemdRelease) && compareVersions(systemdRelease, release) >= 0,
  );
};
