import * as l10n from '@vscode/l10n';
/** What becomes of an option of systemd-nspawn in a file. */
export type OptionMeaning =
  /** One line of that directive; `how` says what is done to the option's argument. */
  | {
      readonly kind: 'setting';
      readonly section: 'Exec' | 'Files' | 'Network';
      readonly key: string;
      /** What stands in the file whatever the argument is, or when there is none. */
      readonly fixed?: string;
      readonly how?: 'commasToBlanks' | 'word';
    }
  | { readonly kind: 'users' | 'rlimit' | 'machine' | 'image' | 'user' | 'property' | 'slice' }
  /** There is no such setting; `note` says what to do instead. */
  | { readonly kind: 'none'; readonly note: string };

export interface CommandOption {
  readonly long?: string;
  readonly short?: string;
  /** `name` is one that the next word gives unless that looks like an option; up to 260 it does so in any case. */
  readonly argument: 'none' | 'required' | 'optional' | 'name';
  readonly meaning: OptionMeaning;
}

type SettingExtras = Pick<Extract<OptionMeaning, { readonly kind: 'setting' }>, 'fixed' | 'how'>;

const setting = (section: 'Exec' | 'Files' | 'Network', key: string, extras: SettingExtras = {}): OptionMeaning => ({
  kind: 'setting',
  section,
  key,
  ...extras,
});
const none = (note: string): OptionMeaning => ({ kind: 'none', note });

const onlyThisRun = none(l10n.t('It concerns only this one call.'));
const whichImage = none(l10n.t('The image is found by the name of the machine.'));
const ofTheUnit = (directive: string): OptionMeaning =>
  none(l10n.t`Set ${directive} in a drop-in of systemd-nspawn@NAME.service.`);
const verity = none(
  l10n.t('Files next to the image with the endings .roothash, .roothash.p7s and .verity are found by themselves.'),
);

/** Every option of systemd-nspawn 239 to 262, from parse_argv() in nspawn/nspawn.c. */
export const commandOptions: readonly CommandOption[] = [
  { long: 'directory', short: 'D', argument: 'required', meaning: { kind: 'image' } },
  { long: 'image', short: 'i', argument: 'required', meaning: { kind: 'image' } },
  { long: 'template', argument: 'required', meaning: none(l10n.t('Make the image once, with machinectl clone.')) },
  { long: 'ephemeral', short: 'x', argument: 'none', meaning: setting('Exec', 'Ephemeral', { fixed: 'yes' }) },
  { long: 'image-policy', argument: 'required', meaning: whichImage },
  { long: 'mstack', argument: 'required', meaning: whichImage },
  {
    long: 'oci-bundle',
    argument: 'required',
    meaning: none(l10n.t('An OCI bundle has its settings in its own config.json.')),
  },
  { long: 'read-only', argument: 'none', meaning: setting('Files', 'ReadOnly', { fixed: 'yes' }) },
  { long: 'volatile', argument: 'optional', meaning: setting('Files', 'Volatile') },
  { long: 'root-hash', argument: 'required', meaning: verity },
  { long: 'root-hash-sig', argument: 'required', meaning: verity },
  { long: 'verity-data', argument: 'required', meaning: verity },
  { long: 'pivot-root', argument: 'required', meaning: setting('Exec', 'PivotRoot') },
  { long: 'as-pid2', short: 'a', argument: 'none', meaning: setting('Exec', 'ProcessTwo', { fixed: 'yes' }) },
  { long: 'boot', short: 'b', argument: 'none', meaning: setting('Exec', 'Boot', { fixed: 'yes' }) },
  { long: 'chdir', argument: 'required', meaning: setting('Exec', 'WorkingDirectory') },
  { long: 'setenv', short: 'E', argument: 'required', meaning: setting('Exec', 'Environment', { how: 'word' }) },
  { long: 'uid', short: 'u', argument: 'required', meaning: setting('Exec', 'User') },
  { long: 'user', argument: 'name', meaning: { kind: 'user' } },
  { long: 'kill-signal', argument: 'required', meaning: setting('Exec', 'KillSignal') },
  { long: 'notify-ready', argument: 'required', meaning: setting('Exec', 'NotifyReady') },
  { long: 'suppress-sync', argument: 'required', meaning: setting('Exec', 'SuppressSync') },
  { long: 'machine', short: 'M', argument: 'required', meaning: { kind: 'machine' } },
  { long: 'hostname', argument: 'required', meaning: setting('Exec', 'Hostname') },
  { long: 'uuid', argument: 'required', meaning: setting('Exec', 'MachineID') },
  { long: 'slice', short: 'S', argument: 'required', meaning: { kind: 'slice' } },
  { long: 'property', argument: 'required', meaning: { kind: 'property' } },
  { long: 'register', argument: 'required', meaning: onlyThisRun },
  { long: 'keep-unit', argument: 'none', meaning: onlyThisRun },
  { long: 'private-users', argument: 'optional', meaning: { kind: 'users' } },
  { long: 'private-users-ownership', argument: 'required', meaning: { kind: 'users' } },
  { long: 'private-users-chown', argument: 'optional', meaning: { kind: 'users' } },
  { long: 'private-users-delegate', argument: 'required', meaning: { kind: 'users' } },
  { short: 'U', argument: 'none', meaning: { kind: 'users' } },
  { long: 'private-network', argument: 'none', meaning: setting('Network', 'Private', { fixed: 'yes' }) },
  { long: 'network-interface', argument: 'required', meaning: setting('Network', 'Interface') },
  { long: 'network-macvlan', argument: 'required', meaning: setting('Network', 'MACVLAN') },
  { long: 'network-ipvlan', argument: 'required', meaning: setting('Network', 'IPVLAN') },
  {
    long: 'network-veth',
    short: 'n',
    argument: 'none',
    meaning: setting('Network', 'VirtualEthernet', { fixed: 'yes' }),
  },
  { long: 'network-veth-extra', argument: 'required', meaning: setting('Network', 'VirtualEthernetExtra') },
  { long: 'network-bridge', argument: 'required', meaning: setting('Network', 'Bridge') },
  { long: 'network-zone', argument: 'required', meaning: setting('Network', 'Zone') },
  { long: 'network-namespace-path', argument: 'required', meaning: setting('Network', 'NamespacePath') },
  { long: 'port', short: 'p', argument: 'required', meaning: setting('Network', 'Port') },
  { long: 'capability', argument: 'required', meaning: setting('Exec', 'Capability', { how: 'commasToBlanks' }) },
  {
    long: 'drop-capability',
    argument: 'required',
    meaning: setting('Exec', 'DropCapability', { how: 'commasToBlanks' }),
  },
  {
    long: 'ambient-capability',
    argument: 'required',
    meaning: setting('Exec', 'AmbientCapability', { how: 'commasToBlanks' }),
  },
  { long: 'no-new-privileges', argument: 'required', meaning: setting('Exec', 'NoNewPrivileges') },
  { long: 'system-call-filter', argument: 'required', meaning: setting('Exec', 'SystemCallFilter') },
  { long: 'restrict-address-families', argument: 'required', meaning: setting('Exec', 'RestrictAddressFamilies') },
  {
    long: 'selinux-context',
    short: 'Z',
    argument: 'required',
    meaning: none(l10n.t('SELinux labels can only be given when it is called.')),
  },
  {
    long: 'selinux-apifs-context',
    short: 'L',
    argument: 'required',
    meaning: none(l10n.t('SELinux labels can only be given when it is called.')),
  },
  { long: 'rlimit', argument: 'required', meaning: { kind: 'rlimit' } },
  { long: 'oom-score-adjust', argument: 'required', meaning: setting('Exec', 'OOMScoreAdjust') },
  { long: 'cpu-affinity', argument: 'required', meaning: setting('Exec', 'CPUAffinity') },
  { long: 'personality', argument: 'required', meaning: setting('Exec', 'Personality') },
  { long: 'resolv-conf', argument: 'required', meaning: setting('Exec', 'ResolvConf') },
  { long: 'timezone', argument: 'required', meaning: setting('Exec', 'Timezone') },
  { long: 'link-journal', argument: 'required', meaning: setting('Exec', 'LinkJournal') },
  { short: 'j', argument: 'none', meaning: setting('Exec', 'LinkJournal', { fixed: 'try-guest' }) },
  { long: 'forward-journal', argument: 'required', meaning: onlyThisRun },
  { long: 'forward-journal-max-use', argument: 'required', meaning: onlyThisRun },
  { long: 'forward-journal-keep-free', argument: 'required', meaning: onlyThisRun },
  { long: 'forward-journal-max-file-size', argument: 'required', meaning: onlyThisRun },
  { long: 'forward-journal-max-files', argument: 'required', meaning: onlyThisRun },
  { long: 'bind', argument: 'required', meaning: setting('Files', 'Bind') },
  { long: 'bind-ro', argument: 'required', meaning: setting('Files', 'BindReadOnly') },
  { long: 'inaccessible', argument: 'required', meaning: setting('Files', 'Inaccessible') },
  { long: 'tmpfs', argument: 'required', meaning: setting('Files', 'TemporaryFileSystem') },
  { long: 'overlay', argument: 'required', meaning: setting('Files', 'Overlay') },
  { long: 'overlay-ro', argument: 'required', meaning: setting('Files', 'OverlayReadOnly') },
  { long: 'bind-user', argument: 'required', meaning: setting('Files', 'BindUser') },
  { long: 'bind-user-shell', argument: 'required', meaning: setting('Files', 'BindUserShell') },
  {
    long: 'bind-user-group',
    argument: 'required',
    meaning: none(l10n.t('There is no setting for further groups of a bound user.')),
  },
  { long: 'console', argument: 'required', meaning: onlyThisRun },
  { long: 'pipe', short: 'P', argument: 'none', meaning: onlyThisRun },
  { long: 'background', argument: 'required', meaning: onlyThisRun },
  { long: 'set-credential', argument: 'required', meaning: ofTheUnit('SetCredential=') },
  { long: 'load-credential', argument: 'required', meaning: ofTheUnit('LoadCredential=') },
  {
    long: 'share-system',
    argument: 'none',
    meaning: none(l10n.t('The option is a left-over, and there is no setting for it.')),
  },
  {
    long: 'settings',
    argument: 'required',
    meaning: none(l10n.t('It says how the file is read, and cannot stand in it.')),
  },
  { long: 'cleanup', argument: 'none', meaning: onlyThisRun },
  { long: 'quiet', short: 'q', argument: 'none', meaning: onlyThisRun },
  { long: 'no-pager', argument: 'none', meaning: onlyThisRun },
  { long: 'no-ask-password', argument: 'none', meaning: onlyThisRun },
  { long: 'system', argument: 'none', meaning: onlyThisRun },
  { long: 'help', short: 'h', argument: 'none', meaning: onlyThisRun },
  { long: 'version', argument: 'none', meaning: onlyThisRun },
];
