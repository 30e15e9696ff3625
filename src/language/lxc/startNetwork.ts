import * as l10n from '@vscode/l10n';
import { type Entry, valueSpan } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import { inOneLine } from '../markdown.ts';
import { readNumber, readUnsigned } from './numbers.ts';
import type { Device, Reading } from './reading.ts';
import { networkIncomplete, networkValue } from './rules.ts';

const allOf = ({ settings }: Device, subkey: string): readonly Entry[] => settings.get(`lxc.net.N.${subkey}`) ?? [];
const lastOf = (device: Device, subkey: string): Entry | undefined => allOf(device, subkey).at(-1);

/** The first line whose value another one has before it. */
const firstRepeated = (entries: readonly Entry[]): Entry | undefined => {
  const seen = new Set<string>();
  return entries.find(({ value }) => seen.size === seen.add(value).size);
};

const incomplete = (entry: Entry, message: string): Finding => found(networkIncomplete, entry, entry.line, message);
const wrongValue = (entry: Entry, message: string): Finding =>
  found(networkValue, valueSpan(entry), entry.line, message);

/** What LXC takes for a hardware address: bytes in hexadecimal with colons between, of no group; more behind six is left out. */
const isHardwareAddress = (value: string): boolean => {
  const bytes = value.split(':');
  return (
    bytes.slice(0, 6).every((byte) => /^[\da-fx]{1,2}$/iu.test(byte)) && !/^[\da-f]?[13579bdf]$/iu.test(bytes[0] ?? '')
  );
};

const checkValues = (device: Device): readonly Finding[] => {
  const findings: Finding[] = [];
  const address = lastOf(device, 'hwaddr');
  if (address !== undefined && !isHardwareAddress(address.value))
    findings.push(
      wrongValue(
        address,
        l10n.t('This is no address of a network card such as 00:16:3e:xx:xx:xx, so the container does not start.'),
      ),
    );
  const mtu = lastOf(device, 'mtu');
  if (mtu !== undefined && readUnsigned(mtu.value, 65_535) === undefined)
    findings.push(wrongValue(mtu, l10n.t('An MTU is a number up to 65535; with this the container does not start.')));
  const name = lastOf(device, 'name');
  if (name !== undefined && /[/\s:]|^\.\.?$/u.test(name.value))
    findings.push(
      wrongValue(name, l10n.t('Linux takes no such name of an interface, so the container does not start.')),
    );
  for (const entry of allOf(device, 'ipv6.address')) {
    const prefix = readNumber(/\/(.*)$/u.exec(entry.value)?.[1] ?? '64');
    if (prefix !== undefined && prefix > 128n)
      findings.push(
        wrongValue(
          entry,
          l10n.t('The prefix of an IPv6 address is at most 128; with this the container does not start.'),
        ),
      );
  }
  return findings;
};

/** What an empty value leaves behind that is no default. */
const checkCleared = ({ cleared, type }: Device): readonly Finding[] => {
  const ofType = cleared.get('lxc.net.N.type');
  if (type === undefined && ofType !== undefined)
    return [incomplete(ofType, l10n.t('Behind an empty type the device has none, so the container does not start.'))];
  const mode = ['macvlan.mode', 'ipvlan.mode', 'ipvlan.isolation'].flatMap(
    (subkey) => cleared.get(`lxc.net.N.${subkey}`) ?? [],
  )[0];
  return mode === undefined
    ? []
    : [
        incomplete(
          mode,
          l10n.t(
            'An empty value is no default here but none at all, so the container does not start; take the line out.',
          ),
        ),
      ];
};

const checkGateways = (device: Device, type: string): readonly Finding[] =>
  (['ipv4', 'ipv6'] as const).flatMap((family): readonly Finding[] => {
    const gateway = lastOf(device, `${family}.gateway`);
    if (gateway === undefined) return [];
    if (gateway.value === 'auto' && !['veth', 'macvlan'].includes(type))
      return [
        incomplete(gateway, l10n.t('Only devices of the types veth and macvlan find their gateway by themselves.')),
      ];
    if (gateway.value === 'auto' && lastOf(device, 'link') === undefined)
      return [incomplete(gateway, l10n.t('A gateway is only found by itself where the device has a link.'))];
    if (allOf(device, `${family}.address`).length === 0)
      return [
        incomplete(
          gateway,
          gateway.value === 'dev' && family === 'ipv6'
            ? l10n.t('Without an IPv6 address of the device lxc-start never comes back.')
            : l10n.t('A gateway needs an address of its family, or the container does not start.'),
        ),
      ];
    return lastOf(device, 'flags') === undefined
      ? [incomplete(gateway, l10n.t('A gateway needs the flag up, or the container does not start.'))]
      : [];
  });

const linkNeeding = ['macvlan', 'ipvlan', 'vlan', 'phys'];

const checkCombination = (device: Device, type: Entry): readonly Finding[] => {
  const [link, name, vlan] = ['link', 'name', 'veth.vlan.id'].map((subkey) => lastOf(device, subkey));
  const named = link ?? name;
  if (type.value === 'empty' && named !== undefined)
    return [
      incomplete(
        named,
        l10n.t('A device of the type empty has no link and no name of its own; with one the container does not start.'),
      ),
    ];
  if (linkNeeding.includes(type.value) && link === undefined)
    return [
      incomplete(type, l10n.t`A device of the type ${type.value} needs a link, or the container does not start.`),
    ];
  const tagged = allOf(device, 'veth.vlan.tagged.id');
  if (vlan !== undefined && vlan.value !== 'none') {
    if (link === undefined || lastOf(device, 'veth.mode')?.value === 'router')
      return [
        incomplete(
          vlan,
          l10n.t('A VLAN needs a link to a bridge and the mode bridge, or the container does not start.'),
        ),
      ];
    const same = tagged.find(({ value }) => readNumber(value) === readNumber(vlan.value));
    if (same !== undefined)
      return [incomplete(same, l10n.t('A VLAN is tagged or not; with both the container does not start.'))];
  }
  const addresses = allOf(device, 'ipv4.address').concat(allOf(device, 'ipv6.address'));
  const repeated = firstRepeated(addresses);
  if (repeated !== undefined)
    return [incomplete(repeated, l10n.t('An address is given to a device once; twice stops the start.'))];
  return checkGateways(device, type.value);
};

/** What LXC takes of network devices and then does not start with. */
export const checkNetworkStart = (reading: Reading): readonly Finding[] => {
  const devices = [...reading.allDevices().values()];
  const findings = devices.flatMap((device) => [...checkValues(device), ...checkCleared(device)]);
  if (reading.isUnsure) return findings;
  for (const device of devices) if (device.type !== undefined) findings.push(...checkCombination(device, device.type));
  const names = devices.flatMap((device) => lastOf(device, 'name') ?? []);
  const twice = firstRepeated(names);
  if (twice !== undefined)
    findings.push(
      incomplete(
        twice,
        l10n.t`Another device is called ${inOneLine(twice.value)}, too, so the container does not start.`,
      ),
    );
  return findings;
};
