import * as l10n from '@vscode/l10n';
import type { Entry } from '../../document.ts';
import type { Finding, Fix, RuleInfo } from '../../finding.ts';
import { found } from '../../found.ts';
import { parseBoolean } from '../values/boolean.ts';
import { rawFields } from '../values/rawFields.ts';
import { tmpfsOptionProblems } from '../values/tmpfsOptions.ts';
import { removeLines } from '../lines.ts';
import { namedCapabilities, namesIn } from './capabilitySets.ts';
import { ownershipEntry, type StartUp } from './startUp.ts';

const none = { effect: 'none' } as const;
const capabilityDropped: RuleInfo = {
  id: 'capability-dropped',
  severity: 'warning',
  ...none,
  title: l10n.t('DropCapability= wins over Capability='),
};
const capabilityInUsers: RuleInfo = {
  id: 'capability-not-in-userns',
  severity: 'warning',
  ...none,
  variants: [{ severity: 'info', effect: 'none' }],
  title: l10n.t('Some capabilities grant nothing in a user namespace'),
};
const noOverruled: RuleInfo = {
  id: 'network-no-overruled',
  severity: 'warning',
  ...none,
  title: l10n.t('Other network settings win over Private=no and VirtualEthernet=no'),
};
const ownerOverwritten: RuleInfo = {
  id: 'tmpfs-owner-overwritten',
  severity: 'warning',
  ...none,
  variants: [{ severity: 'info', effect: 'none' }],
  title: l10n.t('With user namespaces a tmpfs belongs to root of the machine'),
};

export const cancelledRules: readonly RuleInfo[] = [
  capabilityDropped,
  capabilityInUsers,
  noOverruled,
  ownerOverwritten,
];

/** What the kernel asks for outside of every user namespace. */
const ofTheHost: ReadonlySet<string> = new Set(['CAP_MKNOD', 'CAP_SYS_TIME', 'CAP_SYS_MODULE', 'CAP_SYS_RAWIO']);

/** Who gives the machine users of its own: the file, or only the unit of machinectl start, which passes -U. */
type UsersBy = 'file' | 'unit' | 'nobody';

const usersBy = ({ settings, users }: StartUp): UsersBy => {
  if (users !== 'no') return 'file';
  return settings.last('PrivateUsers') === undefined && ownershipEntry(settings) === undefined ? 'unit' : 'nobody';
};

const severityOf = (by: UsersBy): { readonly severity: 'warning' | 'info' } => ({
  severity: by === 'file' ? 'warning' : 'info',
});

/** The uid= and gid= of a tmpfs; none where an option refuses the start, because nothing is overwritten then. */
const ownersIn = (value: string): readonly string[] => {
  const from = rawFields(value, ':')[1]?.start;
  if (from === undefined) return [];
  const isRefused = tmpfsOptionProblems(value, from, '').some(({ effect }) => effect === 'start-refused');
  return isRefused
    ? []
    : value
        .slice(from)
        .split(',')
        .filter((option) => /^[ug]id=/u.test(option));
};

/** Lines that have no effect, because other lines win over them. */
export class Cancelled {
  readonly #start: StartUp;
  readonly #text: string;
  readonly #findings: Finding[];

  constructor(start: StartUp, text: string, findings: Finding[]) {
    this.#start = start;
    this.#text = text;
    this.#findings = findings;
  }

  check(): void {
    const by = usersBy(this.#start);
    this.#dropped();
    this.#network();
    if (by === 'nobody') return;
    this.#capabilities(by);
    this.#owners(by);
  }

  #remove(entry: Entry): readonly Fix[] {
    return [{ title: l10n.t('Remove this line'), changes: [removeLines(this.#text, entry)] }];
  }

  #dropped(): void {
    const { settings, systemdVersion } = this.#start;
    const { minus } = namedCapabilities(settings, systemdVersion);
    if (minus.size === 0) return;
    const drop = settings.last('DropCapability');
    for (const entry of settings.all('Capability')) {
      const lost = [...namesIn([entry], systemdVersion)].filter((name) => minus.has('all') || minus.has(name));
      if (lost.length === 0) continue;
      this.#findings.push(
        found(
          capabilityDropped,
          entry,
          entry.line,
          l10n.t`DropCapability= takes ${lost.join(', ')} away again, wherever it stands: naming it here has no effect.`,
          drop === undefined
            ? undefined
            : { related: [{ start: drop.start, end: drop.end, message: l10n.t('This line wins.') }] },
        ),
      );
    }
  }

  #network(): void {
    const { settings } = this.#start;
    const saysNo = (name: string): Entry | undefined => {
      const entry = settings.last(name);
      return entry !== undefined && parseBoolean(entry.value) === false ? entry : undefined;
    };
    const veth = settings.last('VirtualEthernet');
    const link = settings.last('Bridge') ?? settings.last('Zone');
    const vethOn = veth !== undefined && parseBoolean(veth.value) === true ? veth : undefined;
    const others = ['Interface', 'MACVLAN', 'IPVLAN', 'VirtualEthernetExtra'].map((name) => settings.last(name));
    const own = [link, vethOn, ...others].find((entry) => entry !== undefined);
    const noPrivate = saysNo('Private');
    if (noPrivate !== undefined && own !== undefined)
      this.#findings.push(
        found(
          noOverruled,
          noPrivate,
          noPrivate.line,
          l10n.t`Private=no has no effect: with ${own.key}= the machine has a network of its own.`,
          { fixes: this.#remove(noPrivate) },
        ),
      );
    const noLink = saysNo('VirtualEthernet');
    if (noLink !== undefined && link !== undefined)
      this.#findings.push(
        found(
          noOverruled,
          noLink,
          noLink.line,
          l10n.t`VirtualEthernet=no has no effect: ${link.key}= makes a virtual Ethernet link.`,
          { fixes: this.#remove(noLink) },
        ),
      );
  }

  #capabilities(by: UsersBy): void {
    const { settings, systemdVersion } = this.#start;
    for (const entry of settings.all('Capability')) {
      const vain = [...namesIn([entry], systemdVersion)].filter((name) => ofTheHost.has(name));
      if (vain.length > 0)
        this.#findings.push(
          found(
            capabilityInUsers,
            entry,
            entry.line,
            by === 'file'
              ? l10n.t`With user namespaces, naming ${vain.join(', ')} here grants nothing, because the kernel demands it outside of the namespace.`
              : l10n.t`machinectl start passes -U, which gives the machine a user namespace, and there naming ${vain.join(', ')} here grants nothing, because the kernel demands it outside of the namespace.`,
            severityOf(by),
          ),
        );
    }
  }

  #owners(by: UsersBy): void {
    const { shift } = this.#start;
    // Where the users keep their numbers, or may keep them, so do the options.
    if (by === 'file' && shift !== 'known' && shift !== 'picked') return;
    for (const entry of this.#start.settings.all('TemporaryFileSystem')) {
      const options = ownersIn(entry.value);
      if (options.length > 0)
        this.#findings.push(
          found(
            ownerOverwritten,
            entry,
            entry.line,
            by === 'file'
              ? l10n.t`With user namespaces systemd-nspawn puts its own uid= and gid= behind ${options.join(',')}, which has no effect then: the file system belongs to root of the machine. Remove it.`
              : l10n.t`machinectl start passes -U, which gives the machine a user namespace, and there systemd-nspawn puts its own uid= and gid= behind ${options.join(',')}, which has no effect then: the file system belongs to root of the machine.`,
            severityOf(by),
          ),
        );
    }
  }
}
