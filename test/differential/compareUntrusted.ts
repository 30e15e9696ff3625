import { compare, findingsOf } from './compare.ts';
import type { RealVerdict } from './compare.ts';
import type { Difference } from './difference.ts';
import type { Finding } from '../../src/language/finding.ts';
import { parseNspawn } from '../../src/language/nspawn/parse.ts';

/** What systemd-nspawn did with a file that it does not trust. */
export interface UntrustedVerdict extends RealVerdict {
  /** What it said that it leaves out: its words between “Ignoring” and “setting”. */
  readonly leftOut: readonly string[];
}

/** The directives that systemd means by each of those words; a name with `=` stands for itself. */
const meant: Readonly<Record<string, readonly string[]>> = {
  ephemeral: ['Ephemeral'],
  'root directory': ['PivotRoot'],
  'TemporaryFileSystem=, Bind= and BindReadOnly=': [
    ...['TemporaryFileSystem', 'Bind', 'BindReadOnly', 'Inaccessible', 'Overlay', 'OverlayReadOnly'],
  ],
  network: [
    ...['Private', 'VirtualEthernet', 'VirtualEthernetExtra', 'Interface', 'MACVLAN', 'IPVLAN', 'Bridge', 'Zone'],
    'NamespacePath',
  ],
  'PrivateUsers= and PrivateUsersChown=': [...['PrivateUsers', 'PrivateUsersChown', 'PrivateUsersOwnership']],
  'journal link': ['LinkJournal'],
  'bind user': ['BindUser'],
  'bind user shell': ['BindUserShell'],
};

const filter = 'SystemCallFilter';

/** Only read together with PrivateUsers=. */
const leftOutInSilence: ReadonlySet<string> = new Set(['PrivateUsersDelegate']);

const groupOf = (key: string): string => Object.entries(meant).find(([, keys]) => keys.includes(key))?.[0] ?? `${key}=`;

/** Also: whether we say of the same settings that they are left out, and of every line of a filter. */
export const compareUntrusted = (text: string, real: UntrustedVerdict, systemdVersion: number): Difference[] => {
  const all = findingsOf(text, systemdVersion, 'untrusted');
  const differences = compare(real, all);
  if (real.refusedAt !== undefined || differences.some(({ kind }) => kind === 'file')) return differences;
  const { sections } = parseNspawn(text);
  const entries = sections.flatMap((section) => section.entries);
  const keyAt = ({ start }: Finding): string =>
    entries.find((entry) => entry.start <= start && start < entry.end)?.key ?? '';
  const ours = new Map(
    all
      .filter((finding) => finding.rule === 'untrusted-setting' && !leftOutInSilence.has(keyAt(finding)))
      .map((finding) => [groupOf(keyAt(finding)), finding] as const),
  );
  const theirs = new Set(real.leftOut);
  for (const group of new Set([...ours.keys(), ...theirs])) {
    const finding = ours.get(group);
    if (theirs.has(group) !== (finding !== undefined))
      differences.push({
        kind: 'trust',
        only: finding === undefined ? 'real' : 'ours',
        about: group,
        findings: finding === undefined ? [] : [finding],
      });
  }
  // A filter that allows anything is left out as a whole, and so is each line of it that systemd has taken.
  const own = sections.flatMap(({ name, entries: lines }) => (name === 'Exec' ? lines : []));
  const filters = own.filter(
    ({ key, value, line }) => key === filter && /[^\s~]/u.test(value) && !real.lines.includes(line),
  );
  const named = new Set(all.filter(({ rule }) => rule === 'untrusted-setting').map(({ line }) => line));
  if (theirs.has(groupOf(filter)))
    for (const { line } of filters)
      if (!named.has(line))
        differences.push({ kind: 'trust', line, only: 'real', about: `${filter}= line`, findings: [] });
  return differences;
};
