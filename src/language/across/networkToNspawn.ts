import * as l10n from '@vscode/l10n';
import type { Entry } from '../document.ts';
import type { Device, Reading } from '../lxc/reading.ts';
import { readNumber } from '../lxc/numbers.ts';
import { prefixOf } from '../lxc/taken.ts';
import type { NspawnDraft } from './draft.ts';
import { noSetting } from './reasons.ts';

/** LXC cuts names off there. */
const longestName = 15;
const nameForm = /^(?!\d+$|all$|default$)[A-Za-z0-9_][\w.-]*$/u;

/**
 * Constant: runs its arguments behind the first in the network of the machine that the first one names. What the unit replaces is
 * doubled.
 */
const inNetworkOf =
  `sh -ec 'leader=$$(machinectl show --value --property=Leader -- "$$1"); shift; ` +
  `exec nsenter --target="$$leader" --net -- "$$@"' sh %i`;

/** A name for the end on the host, the same for each conversion: names of interfaces are short. */
const hostInterface = (machine: string, index: number): string => {
  const plain = `lx-${machine}-${index}`;
  if (plain.length <= longestName) return plain;
  let sum = 0x81_1c_9d_c5;
  for (const letter of machine) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01_00_01_93) >>> 0;
  return `lx-${sum.toString(16).padStart(8, '0')}-${index}`.slice(0, longestName);
};

/** One device, and what is known of it. */
interface Converted {
  readonly to: NspawnDraft;
  readonly type: Entry;
  /** The last line that sets a key of it. */
  readonly last: (subkey: string) => Entry | undefined;
  readonly all: (subkey: string) => readonly Entry[];
  /** In the container. */
  readonly name: string;
  readonly link: string | undefined;
}

const inside = ({ to, type }: Converted, from: Entry, ...words: readonly string[]): void => {
  if (!to.run('ExecStartPost', inNetworkOf, words, type)) to.notes.lost(from, noSetting());
};
const outside = ({ to, type }: Converted, from: Entry, ...words: readonly string[]): void => {
  if (!to.run('ExecStartPost', 'ip', words, type)) to.notes.lost(from, noSetting());
};

const addVeth = (device: Converted, index: number): void => {
  const { to, type, last, all, name, link } = device;
  const pair = last('veth.pair');
  const wanted = pair?.value.slice(0, longestName);
  const host = wanted !== undefined && nameForm.test(wanted) ? wanted : hostInterface(to.machine, index);
  if (pair !== undefined && host !== wanted)
    to.notes.lost(pair, l10n.t`systemd-nspawn takes no such name of an interface, which is called ${host} instead.`);
  to.set('Network', 'VirtualEthernetExtra', `${host}:${name}`, type);
  const mtu = last('mtu');
  if (mtu !== undefined && /^\d+$/u.test(mtu.value)) outside(device, mtu, 'link', 'set', 'dev', host, 'mtu', mtu.value);
  const isRouted = last('veth.mode')?.value === 'router';
  if (link !== undefined && !isRouted) outside(device, type, 'link', 'set', 'dev', host, 'master', link);
  outside(device, type, 'link', 'set', 'dev', host, 'up');
  for (const family of [4, 6] as const)
    for (const route of all(`veth.ipv${family}.route`))
      outside(device, route, `-${family}`, 'route', 'add', route.value, 'dev', host);
};

/** Interfaces of the host may be renamed on their way since 254; before that it is done inside, and there is one for each link. */
const addNamed = (device: Converted, key: 'MACVLAN' | 'IPVLAN' | 'Interface', link: string): boolean => {
  const { to, type, name } = device;
  const usual = `${{ MACVLAN: 'mv-', IPVLAN: 'iv-', Interface: '' }[key]}${link}`.slice(0, longestName);
  const canRename = to.systemdVersion >= 254;
  if (!canRename && to.links.has(`${key}=${link}`)) {
    to.notes.lost(type, l10n.t`systemd before 254 makes one interface for ${key}=${link} and no second one.`);
    return false;
  }
  to.links.add(`${key}=${link}`);
  to.set('Network', key, canRename && name !== usual ? `${link}:${name}` : link, type);
  if (!canRename && name !== usual) inside(device, type, 'ip', 'link', 'set', 'dev', usual, 'name', name);
  return true;
};

const addVlan = (device: Converted, index: number, link: string): void => {
  const { to, type, last } = device;
  const id = readNumber(last('vlan.id')?.value ?? '0') ?? 0n;
  const host = hostInterface(to.machine, index);
  // One that is left over from before is as good.
  to.run('ExecStartPre', '-ip', ['link', 'add', 'link', link, 'name', host, 'type', 'vlan', 'id', String(id)], type);
  addNamed(device, 'Interface', host);
  if (last('vlan.id') === undefined)
    to.notes.tell(type, l10n.t('The id of the VLAN is 0, as LXC has it without a line.'));
};

const addMode = (device: Converted, kind: 'macvlan' | 'ipvlan'): void => {
  const { type, last, name } = device;
  const mode = last(`${kind}.mode`)?.value ?? (kind === 'macvlan' ? 'private' : 'l2');
  const isolation = kind === 'ipvlan' ? (last('ipvlan.isolation')?.value ?? 'bridge') : 'bridge';
  if (mode === 'passthru') device.to.notes.lost(type, noSetting());
  // What systemd-nspawn makes.
  else if (mode !== (kind === 'macvlan' ? 'bridge' : 'l2') || isolation !== 'bridge')
    inside(
      device,
      type,
      'ip',
      'link',
      'set',
      'dev',
      name,
      'type',
      kind,
      'mode',
      mode,
      ...(kind === 'ipvlan' ? [isolation] : []),
    );
};

const addGateway = (device: Converted, family: 4 | 6): void => {
  const { to, last, name } = device;
  const gateway = last(`ipv${family}.gateway`);
  if (gateway === undefined) return;
  if (gateway.value === 'auto')
    to.notes.lost(gateway, l10n.t('LXC asks the bridge for its address: write the address of the gateway.'));
  else {
    const by = gateway.value === 'dev' ? [] : ['via', gateway.value, 'onlink'];
    // With the device itself as its gateway onlink says nothing.
    inside(
      device,
      gateway,
      'ip',
      `-${family}`,
      'route',
      'add',
      'default',
      ...by.slice(0, 2),
      'dev',
      name,
      ...by.slice(2),
    );
  }
};

/** What LXC sets before init runs, and the unit just behind the start. */
const addAddresses = (device: Converted): void => {
  const { to, type, last, all, name } = device;
  const address = last('hwaddr');
  if (address !== undefined)
    // One with an x is made up at each start.
    if (/^(?:[\da-f]{2}:){5}[\da-f]{2}$/iu.test(address.value))
      inside(device, address, 'ip', 'link', 'set', 'dev', name, 'address', address.value);
    else
      to.notes.lost(address, l10n.t('systemd-nspawn chooses an address itself where the file has none of six bytes.'));
  const mtu = last('mtu');
  if (mtu !== undefined)
    if (/^\d+$/u.test(mtu.value)) inside(device, mtu, 'ip', 'link', 'set', 'dev', name, 'mtu', mtu.value);
    else to.notes.lost(mtu, noSetting());
  const flags = last('flags');
  if (flags !== undefined) inside(device, flags, 'ip', 'link', 'set', 'dev', name, 'up');
  for (const entry of all('ipv4.address')) {
    const [written = '', broadcast = '+'] = entry.value.split(' ');
    const whole = written.includes('/') ? written : `${written}/${prefixOf(written)}`;
    inside(device, entry, 'ip', 'address', 'add', whole, 'broadcast', broadcast, 'dev', name);
  }
  for (const entry of all('ipv6.address'))
    inside(
      device,
      entry,
      'ip',
      'address',
      'add',
      entry.value.includes('/') ? entry.value : `${entry.value}/64`,
      'dev',
      name,
    );
  addGateway(device, 4);
  addGateway(device, 6);
  if (flags !== undefined || all('ipv4.address').length + all('ipv6.address').length > 0)
    to.notes.lost(type, l10n.t('The unit sets up the interface when init runs already; LXC does so before.'));
};

const converted = [
  'link',
  'name',
  'flags',
  'hwaddr',
  'mtu',
  'ipv4.address',
  'ipv4.gateway',
  'ipv6.address',
  'ipv6.gateway',
];
const convertedOfType: Readonly<Record<string, readonly string[]>> = {
  veth: ['veth.pair', 'veth.ipv4.route', 'veth.ipv6.route'],
  macvlan: ['macvlan.mode'],
  ipvlan: ['ipvlan.mode', 'ipvlan.isolation'],
  vlan: ['vlan.id'],
};

const remarkOthers = (
  to: NspawnDraft,
  { settings }: Device,
  known: readonly string[],
  reason: string = noSetting(),
): void => {
  for (const [key, entries] of settings) {
    const entry = entries.at(-1);
    if (entry === undefined || known.includes(key.slice('lxc.net.N.'.length))) continue;
    if (!(key.endsWith('.veth.mode') && entry.value === 'bridge')) to.notes.lost(entry, reason);
  }
};

const addDevice = (to: NspawnDraft, index: number, device: Device, type: Entry, freeName: () => string): void => {
  const all = (subkey: string): readonly Entry[] => device.settings.get(`lxc.net.N.${subkey}`) ?? [];
  const last = (subkey: string): Entry | undefined => all(subkey).at(-1);
  const link = last('link')?.value.slice(0, longestName);
  const own = last('name')?.value.slice(0, longestName);
  if ((link !== undefined && !nameForm.test(link)) || (own !== undefined && !nameForm.test(own))) {
    to.notes.lost(type, l10n.t('systemd-nspawn takes no such name of an interface.'));
    return;
  }
  const name = own ?? (type.value === 'phys' ? (link ?? '') : freeName());
  const one: Converted = { to, type, last, all, name, link };
  if (type.value === 'veth') addVeth(one, index);
  else if (link === undefined) {
    to.notes.lost(type, l10n.t('It has no link, so LXC does not start with it either.'));
    return;
  } else if (type.value === 'vlan') addVlan(one, index, link);
  else if (type.value === 'phys') {
    if (!addNamed(one, 'Interface', link)) return;
  } else {
    if (!addNamed(one, type.value === 'macvlan' ? 'MACVLAN' : 'IPVLAN', link)) return;
    addMode(one, type.value === 'macvlan' ? 'macvlan' : 'ipvlan');
  }
  addAddresses(one);
  remarkOthers(to, device, [...converted, ...(convertedOfType[type.value] ?? [])]);
};

/** The network; true where it is one of its own. */
export const addNetwork = (to: NspawnDraft, reading: Reading): boolean => {
  const devices = [...reading.allDevices()].sort(([a], [b]) => a - b);
  const shared = reading.inFamily('lxc.namespace.share.').get('lxc.namespace.share.net')?.at(-1);
  const [none] = devices;
  if (shared === undefined && none !== undefined && devices.every(([, { type }]) => type?.value === 'none')) {
    to.set('Network', 'Private', 'no', none[1].type);
    return false;
  }
  // Said in any case: without a word the unit makes an interface of its own.
  to.set('Network', 'Private', 'yes');
  if (shared !== undefined) {
    for (const [, { type }] of devices)
      if (type !== undefined)
        to.notes.lost(type, l10n.t('A network that is shared gets no interface of this container, in LXC neither.'));
    return true;
  }
  const taken = new Set(devices.flatMap(([, { settings }]) => settings.get('lxc.net.N.name')?.at(-1)?.value ?? []));
  let next = 0;
  const freeName = (): string => {
    while (taken.has(`eth${next}`)) next++;
    return `eth${next++}`;
  };
  for (const [index, device] of devices) {
    const { type } = device;
    if (type === undefined) continue;
    if (type.value === 'none')
      to.notes.lost(type, l10n.t('Beside another interface LXC keeps a network of its own, and so does this machine.'));
    else if (type.value === 'empty')
      remarkOthers(
        to,
        device,
        ['flags', 'name'],
        l10n.t('systemd-nspawn sets up no addresses of the loopback interface.'),
      );
    else addDevice(to, index, device, type, freeName);
  }
  return true;
};
