import * as l10n from '@vscode/l10n';
import { nspawnSchema } from '../../schema/nspawnSchema.ts';
import { once } from '../once.ts';

/** A name that people know from elsewhere: the directive that says the same, or a sentence on where it has to be said instead. */
export interface ForeignKey {
  readonly directive?: string;
  readonly advice?: string;
}

/** Lower case, without the hyphens of an option. */
const others = once((): Readonly<Record<string, ForeignKey>> => {
  const unit = l10n.t('Set it for the unit instead, in a drop-in of systemd-nspawn@NAME.service.');
  const image = l10n.t('The file is found by the name of the machine, and the image is found by that name too.');
  const commandLine = l10n.t('It can only be said on the command line of systemd-nspawn.');
  return {
    tmpfs: { directive: 'TemporaryFileSystem' },
    bindro: { directive: 'BindReadOnly' },
    bindpaths: { directive: 'Bind' },
    bindreadonlypaths: { directive: 'BindReadOnly' },
    inaccessiblepaths: { directive: 'Inaccessible' },
    capabilityboundingset: { directive: 'Capability' },
    ambientcapabilities: { directive: 'AmbientCapability' },
    capabilities: { directive: 'Capability' },
    execstart: { directive: 'Parameters' },
    command: { directive: 'Parameters' },
    env: { directive: 'Environment' },
    volume: { directive: 'Bind' },
    mount: { directive: 'Bind' },
    ports: { directive: 'Port' },
    host: {
      advice: l10n.t(
        'Private=no gives the machine the network of the host, and VirtualEthernet=yes one of its own with a link to the host.',
      ),
    },
    publishport: { directive: 'Port' },
    network: { directive: 'Private' },
    privatenetwork: { directive: 'Private' },
    networknamespacepath: { directive: 'NamespacePath' },
    asprocesstwo: { directive: 'ProcessTwo' },
    uuid: { directive: 'MachineID' },
    rlimit: { advice: l10n.t('Each limit has a directive of its own, such as LimitNOFILE=.') },
    rootdirectory: { advice: image },
    rootimage: { advice: image },
    directory: { advice: image },
    image: { advice: image },
    machine: { advice: image },
    template: { advice: commandLine },
    slice: { advice: unit },
    property: { advice: unit },
    environmentfile: { advice: l10n.t('There is only Environment=.') },
    setcredential: { advice: unit },
    loadcredential: { advice: unit },
    group: { advice: l10n.t('User= takes the groups of that user from the image.') },
    protectsystem: { advice: l10n.t('ReadOnly=, Volatile= and Inaccessible= come nearest.') },
    privatetmp: { advice: l10n.t('TemporaryFileSystem=/tmp comes nearest.') },
    description: { advice: unit },
    restart: { advice: unit },
    wantedby: { advice: l10n.t('machinectl enable NAME starts a machine at boot.') },
    selinuxcontext: { advice: commandLine },
    console: { advice: commandLine },
    pipe: { advice: commandLine },
    settings: { advice: commandLine },
    register: { advice: commandLine },
    keepunit: { advice: commandLine },
    roothash: { advice: commandLine },
    ocibundle: { advice: commandLine },
    forwardjournal: { advice: commandLine },
    bindusergroup: { advice: commandLine },
  };
});

/** How the names of resource settings of units begin. */
const resourcePrefixes = [
  'memory',
  'cpu',
  'io',
  'blockio',
  'tasks',
  'device',
  'startup',
  'allowedcpus',
  'allowedmemory',
  'ip',
];

const options = once((): ReadonlyMap<string, string> => {
  const named = new Map<string, string>();
  for (const { name, flags } of nspawnSchema.directives)
    for (const flag of flags) {
      const option = /^--?([A-Za-z][A-Za-z0-9-]*)/u.exec(flag)?.[1];
      if (option !== undefined && !named.has(option)) named.set(option, name);
    }
  return named;
});

/** What a key stands for that is no directive in any section. */
export const foreignKey = (key: string): ForeignKey | undefined => {
  const option = /^-{0,2}([A-Za-z][A-Za-z0-9-]*)/u.exec(key)?.[1];
  if (option === undefined) return undefined;
  const directive =
    key.startsWith('-') || option.includes('-') ? options().get(option) : options().get(option.toLowerCase());
  if (directive !== undefined) return { directive };
  const plain = option.toLowerCase().replaceAll('-', '');
  const known = Object.hasOwn(others(), plain) ? others()[plain] : undefined;
  if (known !== undefined) return known;
  return resourcePrefixes.some((prefix) => plain.startsWith(prefix))
    ? { advice: l10n.t('It limits resources, which is done with systemctl set-property systemd-nspawn@NAME.service.') }
    : undefined;
};
