import * as l10n from '@vscode/l10n';

/** The same as lxcTexts.ts, for network devices. */
export const lxcNetworkTexts = (): Readonly<Record<string, string>> => ({
  'lxc.net': l10n.t('Takes no value but an empty one, which removes all network devices that were set before.'),
  'lxc.net.N.flags': l10n.t('Brings the device up; any text does that, and without this key the device stays down.'),
  'lxc.net.N.hwaddr': l10n.t('The hardware address of the device in the container; each x becomes a random digit.'),
  'lxc.net.N.ipv4.address': l10n.t(
    'An IPv4 address of the device with its prefix, such as 10.0.3.10/24; without one LXC reads a wrong prefix from the last number.',
  ),
  'lxc.net.N.ipv4.gateway': l10n.t(
    'The default route of the container over IPv4; it needs an IPv4 address and lxc.net.N.flags = up.',
  ),
  'lxc.net.N.ipv6.address': l10n.t('An IPv6 address of the device with its prefix, which is 64 where it is left out.'),
  'lxc.net.N.ipv6.gateway': l10n.t(
    'The default route of the container over IPv6; with dev and without an IPv6 address lxc-start never comes back.',
  ),
  'lxc.net.N.ipvlan.isolation': l10n.t('Whether containers on one device of the host reach each other over it.'),
  'lxc.net.N.ipvlan.mode': l10n.t(
    'The layer on which an ipvlan device passes packets on, l2 unless set although the manual says l3.',
  ),
  'lxc.net.N.l2proxy': l10n.t(
    'With 1 the host answers for the addresses of the container on the device of lxc.net.N.link.',
  ),
  'lxc.net.N.link': l10n.t(
    'The bridge that a veth device is attached to, or the device of the host that others are made of.',
  ),
  'lxc.net.N.macvlan.mode': l10n.t('Which devices of the same link a macvlan device reaches.'),
  'lxc.net.N.mtu': l10n.t('The size of the largest packet of the device in bytes; a text is found only at the start.'),
  'lxc.net.N.name': l10n.t(
    'The name of the device in the container, eth0 and so on unless set; LXC cuts it at 15 bytes.',
  ),
  'lxc.net.N.script.down': l10n.t(
    'A command of the host that runs when the device is removed; whether it fails does not matter.',
  ),
  'lxc.net.N.script.up': l10n.t('A command of the host that runs when the device is made; it must exit with 0.'),
  'lxc.net.N.type': l10n.t(
    'What kind of network device this is; it stands first, because it wipes all that was set for the same number before.',
  ),
  'lxc.net.N.veth.ipv4.route': l10n.t(
    'A route of the host that leads to the container over this pair, with its prefix.',
  ),
  'lxc.net.N.veth.ipv6.route': l10n.t(
    'A route of the host over IPv6 that leads to the container over this pair, with its prefix.',
  ),
  'lxc.net.N.veth.mode': l10n.t(
    'Whether the end of the pair on the host is attached to a bridge or has routes that lead to it.',
  ),
  'lxc.net.N.veth.n_rxqueues': l10n.t('How many queues the pair has for packets that it receives.'),
  'lxc.net.N.veth.n_txqueues': l10n.t('How many queues the pair has for packets that it sends.'),
  'lxc.net.N.veth.pair': l10n.t(
    'The name of the end on the host, random unless set; LXC cuts it at 15 bytes and does not start when it is in use.',
  ),
  'lxc.net.N.veth.vlan.id': l10n.t(
    'The VLAN that untagged packets of the device belong to; the bridge has to filter VLANs.',
  ),
  'lxc.net.N.veth.vlan.tagged.id': l10n.t(
    'A VLAN whose tagged packets the device takes, one a line; the bridge has to filter VLANs.',
  ),
  'lxc.net.N.vlan.id': l10n.t('The number of the VLAN that a vlan device is made for.'),
});
