import * as l10n from '@vscode/l10n';
import type { ConfigDocument, Entry, Section } from '../../document.ts';
import type { Finding, Fix, RuleInfo } from '../../finding.ts';
import { parseBoolean } from '../values/boolean.ts';
import { found } from '../../found.ts';
import { addToSection } from '../lines.ts';
import { hasVirtualEthernet, isNetworkConfigured, networkSettings, ownershipEntry, type StartUp } from './startUp.ts';
import { namedCapabilities } from './capabilitySets.ts';
import { takeAuto } from './refusals.ts';

const rule = (id: string, severity: RuleInfo['severity'], title: string): RuleInfo => ({
  id,
  severity,
  effect: 'none',
  title,
});

const parametersNeedStartMode = rule(
  'parameters-needs-start-mode',
  'warning',
  l10n.t('Parameters= counts only beside Boot= or ProcessTwo='),
);
const ownershipWithoutUsers = rule(
  'ownership-without-users',
  'warning',
  l10n.t('An ownership without PrivateUsers= turns user namespaces off'),
);
const delegateWithoutUsers = rule(
  'delegate-without-users',
  'warning',
  l10n.t('PrivateUsersDelegate= counts only beside PrivateUsers='),
);
const pickImpliesChown = rule('pick-implies-chown', 'info', l10n.t('PrivateUsers=pick changes the owner of all files'));
const readOnlyImplied = rule(
  'readonly-implied',
  'info',
  l10n.t('Volatile= and a mount over / make the root read-only'),
);
const networkReplaced = rule(
  'network-group-replace',
  'info',
  l10n.t('One network setting replaces all network options of the unit'),
);
const netAdminDropped = rule(
  'private-no-drops-net-admin',
  'info',
  l10n.t('Without a network of its own a machine has no CAP_NET_ADMIN'),
);
const bindServiceDropped = rule(
  'userns-no-private-net-drops-bind-service',
  'info',
  l10n.t('With user namespaces but the network of the host a machine has no CAP_NET_BIND_SERVICE'),
);
const familiesNotice = rule(
  'raf-unset-notice',
  'hint',
  l10n.t('systemd says at every start that RestrictAddressFamilies= is not set'),
);
const userWithBoot = rule('user-with-boot', 'hint', l10n.t('An init is rarely meant to run as another user than root'));

export const surpriseRules: readonly RuleInfo[] = [
  parametersNeedStartMode,
  ownershipWithoutUsers,
  delegateWithoutUsers,
  pickImpliesChown,
  readOnlyImplied,
  networkReplaced,
  netAdminDropped,
  bindServiceDropped,
  familiesNotice,
  userWithBoot,
];

const saysNo = (entry: Entry | undefined): boolean => entry !== undefined && parseBoolean(entry.value) === false;

/** What systemd takes without a word, though it does something else than one would think. */
export class Surprises {
  readonly #start: StartUp;
  readonly #document: ConfigDocument;
  readonly #text: string;
  readonly #findings: Finding[];

  constructor(start: StartUp, document: ConfigDocument, text: string, findings: Finding[]) {
    this.#start = start;
    this.#document = document;
    this.#text = text;
    this.#findings = findings;
  }

  check(startModeSet: boolean): void {
    this.#parameters(startModeSet);
    this.#users();
    this.#readOnly();
    this.#network();
    const user = this.#start.settings.last('User');
    if (user !== undefined && this.#start.start === 'boot' && user.value !== 'root' && user.value !== '0')
      this.#say(userWithBoot, user, l10n.t`With Boot=yes the init itself runs as ${user.value}, which most cannot do.`);
    this.#families();
  }

  #say(info: RuleInfo, entry: Entry, message: string, ...fixes: Fix[]): void {
    this.#findings.push(found(info, entry, entry.line, message, fixes.length === 0 ? undefined : { fixes }));
  }

  #add(section: string, line: string): Fix {
    return {
      title: l10n.t`Add ${line} to [${section}]`,
      changes: [addToSection(this.#text, this.#document.sections, section, line)],
    };
  }

  #parameters(startModeSet: boolean): void {
    const parameters = this.#start.settings.last('Parameters');
    if (parameters === undefined || startModeSet) return;
    this.#say(
      parametersNeedStartMode,
      parameters,
      l10n.t('Parameters= has no effect in a file that sets neither Boot= nor ProcessTwo=.'),
      this.#add('Exec', 'Boot=no'),
      this.#add('Exec', 'Boot=yes'),
      this.#add('Exec', 'ProcessTwo=yes'),
    );
  }

  #users(): void {
    const { settings, systemdVersion, users, ownership } = this.#start;
    const usersEntry = settings.last('PrivateUsers');
    const owner = ownershipEntry(settings);
    if (usersEntry === undefined && owner !== undefined)
      this.#say(
        ownershipWithoutUsers,
        owner,
        l10n.t`${owner.key}= without PrivateUsers= turns user namespaces off, also those that machinectl start asks for with -U.`,
        this.#add('Exec', 'PrivateUsers=pick'),
      );
    const delegate = settings.last('PrivateUsersDelegate');
    if (delegate !== undefined && usersEntry === undefined && owner === undefined)
      this.#say(
        delegateWithoutUsers,
        delegate,
        l10n.t('PrivateUsersDelegate= has no effect in a file that does not set PrivateUsers=.'),
        this.#add('Exec', 'PrivateUsers=managed'),
      );
    if (
      usersEntry !== undefined &&
      users === 'pick' &&
      ownership === 'chown' &&
      (owner === undefined || systemdVersion < 249)
    )
      this.#say(
        pickImpliesChown,
        usersEntry,
        systemdVersion < 249
          ? l10n.t('With a picked range systemd changes the owner of all files of the machine.')
          : l10n.t(
              'Up to systemd 261 PrivateUsers=pick in a file means the ownership “chown”: the owner of all files of the machine is changed. PrivateUsersOwnership=auto maps them where the file system can.',
            ),
        ...[takeAuto(this.#start)].flatMap((remedy) =>
          remedy === undefined ? [] : [this.#add(remedy.section, remedy.line)],
        ),
      );
  }

  #readOnly(): void {
    const { settings, volatile: isVolatile, rootMounts } = this.#start;
    const cause = isVolatile ? settings.last('Volatile') : rootMounts[0];
    if (cause === undefined) return;
    const readOnly = settings.last('ReadOnly');
    if (saysNo(readOnly))
      this.#say(readOnlyImplied, cause, l10n.t`${cause.key}= makes the root read-only in spite of ReadOnly=no.`);
    else if (readOnly === undefined && !isVolatile)
      this.#say(readOnlyImplied, cause, l10n.t(`A mount over / makes the root read-only, as with ReadOnly=yes.`));
  }

  #network(): void {
    const { settings, privateNetwork, capabilities } = this.#start;
    if (!isNetworkConfigured(settings)) {
      this.#noNetwork();
      return;
    }
    const lines = networkSettings.map((name) => settings.last(name)).filter((entry) => entry !== undefined);
    const first = lines.reduce((a, b) => (b.start < a.start ? b : a));
    if (privateNetwork) {
      // Who writes VirtualEthernet=no knows that there is none.
      if (!hasVirtualEthernet(settings) && !saysNo(settings.last('VirtualEthernet')))
        this.#say(
          networkReplaced,
          first,
          settings.last('VirtualEthernetExtra') !== undefined
            ? l10n.t`${first.key}= replaces the network options of machinectl start, also --network-veth: the machine has the link of VirtualEthernetExtra=, but not the usual one, which is called host0 inside.`
            : l10n.t`${first.key}= replaces the network options of machinectl start, also --network-veth: the machine has no virtual Ethernet link to the host.`,
          this.#add('Network', 'VirtualEthernet=yes'),
        );
      return;
    }
    if (settings.last('NamespacePath') !== undefined) return;
    if (!capabilities.hasNetAdmin)
      this.#say(netAdminDropped, first, l10n.t('With the network of the host the machine does not get CAP_NET_ADMIN.'));
    if (capabilities.losesBindService)
      this.#say(
        bindServiceDropped,
        settings.last('PrivateUsers') ?? first,
        l10n.t(
          'With user namespaces and the network of the host the machine loses CAP_NET_BIND_SERVICE, so nothing in it can listen below port 1024.',
        ),
      );
  }

  /** systemd#20055: CAP_NET_ADMIN is taken away by every file that does not ask for a network, be it empty. */
  #noNetwork(): void {
    const { settings, systemdVersion, capabilities } = this.#start;
    const isNamed = namedCapabilities(settings, systemdVersion).plus.has('CAP_NET_ADMIN');
    if (systemdVersion < 242 || systemdVersion > 248 || capabilities.hasNetAdmin || isNamed) return;
    const [section] = this.#document.sections;
    const span = section === undefined ? { start: 0, end: 0 } : { start: section.start, end: section.headerEnd };
    this.#findings.push(
      found(
        netAdminDropped,
        span,
        section?.line ?? 1,
        l10n.t(
          'Up to systemd 248 a file without a network setting takes CAP_NET_ADMIN from a machine that machinectl start gives a network: nothing in the machine can configure it.',
        ),
        { fixes: [this.#add('Network', 'VirtualEthernet=yes')] },
      ),
    );
  }

  #families(): void {
    const { settings, systemdVersion } = this.#start;
    if (systemdVersion < 261 || settings.last('RestrictAddressFamilies') !== undefined) return;
    const section: Section | undefined = this.#document.sections.find(
      ({ name, entries }) => name === 'Exec' && entries.length > 0,
    );
    if (section === undefined) return;
    this.#findings.push(
      found(
        familiesNotice,
        { start: section.start, end: section.headerEnd },
        section.line,
        l10n.t(
          'RestrictAddressFamilies= is not set: systemd-nspawn says so at every start, and the machine may use every address family.',
        ),
      ),
    );
  }
}
