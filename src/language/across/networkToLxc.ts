import * as l10n from '@vscode/l10n';
import type { Entry } from '../document.ts';
import { hasVirtualEthernet, isNetworkConfigured, type StartUp } from '../nspawn/crossRules/startUp.ts';
import { extractWords } from '../nspawn/values/extractWord.ts';
import type { LxcDraft } from './lxcDraft.ts';

const longestName = 15;

/** Pairs of names with a colon between, the second one the first where it is left out. */
const pairsIn = (value: string): readonly (readonly [outside: string, inside: string | undefined])[] =>
  extractWords(value, {}).words.map(({ text }) => {
    const [outside = '', inside] = text.split(':');
    return [outside, inside === '' ? undefined : inside];
  });

/** The network, each interface with the name that it has in the machine. */
export const addNetworkOf = (to: LxcDraft, { settings, privateNetwork }: StartUp): void => {
  let next = 0;
  const add = (type: string, keys: Readonly<Record<string, string | undefined>>, from?: Entry): void => {
    const device = `lxc.net.${next++}`;
    to.set(`${device}.type`, type, from);
    for (const [key, value] of Object.entries(keys)) if (value !== undefined) to.set(`${device}.${key}`, value, from);
  };
  const path = settings.last('NamespacePath');
  if (path !== undefined) {
    to.set('lxc.namespace.share.net', path.value, path);
    return;
  }
  if (!privateNetwork) {
    add('none', {}, settings.last('Private'));
    return;
  }
  const [bridge, zone] = [settings.last('Bridge'), settings.last('Zone')];
  const veth = bridge ?? zone ?? settings.last('VirtualEthernet');
  // The unit brings one where the file says nothing of the network.
  if (hasVirtualEthernet(settings) || !isNetworkConfigured(settings)) {
    const link = bridge?.value ?? (zone === undefined ? undefined : `vz-${zone.value}`);
    const pair = `${link === undefined ? 've' : 'vb'}-${to.container}`;
    const names = { name: 'host0', 'veth.pair': pair.length <= longestName ? pair : undefined };
    add('veth', { ...(link === undefined ? {} : { link }), flags: 'up', ...names }, veth);
    if (zone !== undefined && bridge === undefined) {
      to.notes.tell(
        zone,
        l10n.t('systemd makes the bridge of a zone when it is needed; LXC needs it before the start.'),
      );
      to.commands.push({
        why: l10n.t('Instead of the zone'),
        line: `ip link add vz-${zone.value.replaceAll(/[^\w.-]/gu, '')} type bridge`,
      });
    }
  }
  for (const entry of settings.all('VirtualEthernetExtra'))
    for (const [outside, inside] of pairsIn(entry.value))
      add('veth', { flags: 'up', name: inside ?? outside, 'veth.pair': outside }, entry);
  for (const entry of settings.all('MACVLAN'))
    for (const [link, inside] of pairsIn(entry.value))
      add(
        'macvlan',
        { 'macvlan.mode': 'bridge', link, flags: 'up', name: inside ?? `mv-${link}`.slice(0, longestName) },
        entry,
      );
  for (const entry of settings.all('IPVLAN'))
    for (const [link, inside] of pairsIn(entry.value))
      add(
        'ipvlan',
        { 'ipvlan.mode': 'l2', link, flags: 'up', name: inside ?? `iv-${link}`.slice(0, longestName) },
        entry,
      );
  for (const entry of settings.all('Interface'))
    for (const [link, inside] of pairsIn(entry.value)) add('phys', { link, flags: 'up', name: inside ?? link }, entry);
  if (next === 0) add('empty', {}, settings.last('Private'));
};
