import * as l10n from '@vscode/l10n';
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { HostObjects } from '../../hostObjects.ts';
import { withoutIcons } from '../../markdown.ts';
import type { HostWish, KeyWord } from '../../vocabulary.ts';
import type { CompleteRequest, Offer } from './offer.ts';
import { pathOffers } from './pathOffers.ts';
import type { ValuePlace } from './valueOffers.ts';

interface Named {
  readonly name: string;
  readonly detail: string;
}

const interfaceDetails = {
  bridge: l10n.t('bridge of this host'),
  zone: l10n.t('bridge of a zone'),
  other: l10n.t('interface of this host'),
};

/** Interfaces that belong to a running machine, or to the host alone; nobody gives them away. */
const isTaken = (name: string): boolean => name === 'lo' || /^v[eb]-/u.test(name);

const interfaces = async (host: HostObjects, object: 'interface' | 'bridge' | 'zone'): Promise<readonly Named[]> => {
  const all = await host.networkInterfaces();
  if (object === 'zone')
    return all
      .filter(({ kind, name }) => kind === 'zone' && name.length > 3)
      .map(({ name }) => ({ name: name.slice(3), detail: l10n.t('zone in use') }));
  const fitting = all.filter(({ kind, name }) => (object === 'bridge' ? kind !== 'other' : !isTaken(name)));
  return fitting.map(({ kind, name }) => ({ name, detail: interfaceDetails[kind] }));
};

const cpus = async (host: HostObjects, behindDash: boolean): Promise<readonly Named[]> => {
  const count = await host.cpuCount();
  const detail = l10n.t`of ${count} on this host`;
  const single = Array.from({ length: count }, (_, cpu) => ({ name: `${cpu}`, detail }));
  return count > 1 && !behindDash
    ? [{ name: `0-${count - 1}`, detail: l10n.t('all of this host') }, ...single]
    : single;
};

const namesFor = async (
  { object, directory = '/', ending = '' }: HostWish,
  { host, file }: CompleteRequest,
  behindDash: boolean,
): Promise<readonly Named[]> => {
  switch (object) {
    case 'path':
    case 'directory':
    case 'imagePath':
      return [];
    case 'file':
      return (await host.directory(directory))
        .filter(({ name, isDirectory }) => !isDirectory && /^[\w.-]+$/u.test(name) && name.endsWith(ending))
        .map(({ name }) => ({ name: `${directory}/${name}`, detail: l10n.t('file of this host') }));
    case 'appArmorProfile':
      return (await host.appArmorProfiles()).map((name) => ({ name, detail: l10n.t('profile of this host') }));
    case 'subordinateRange':
      return (await host.subordinateRanges()).map(({ of, user, first, count }) => ({
        name: `${of} 0 ${first} ${count}`,
        detail: l10n.t`range of ${withoutIcons(user)} in ${of === 'u' ? '/etc/subuid' : '/etc/subgid'}`,
      }));
    case 'interface':
    case 'bridge':
    case 'zone':
      return interfaces(host, object);
    case 'hostUser':
      return (await host.users()).map((name) => ({ name, detail: l10n.t('user of this host') }));
    case 'hostGroup':
      return (await host.groups()).map((name) => ({ name, detail: l10n.t('group of this host') }));
    case 'blockDevice':
      return (await host.blockDevices()).map(({ name, number }) => ({
        name: number,
        detail: l10n.t`${name} of this host`,
      }));
    case 'imageUser':
      return (await host.imageUsers(file.textDocument.uri)).map((name) => ({
        name,
        detail: l10n.t('user of the image'),
      }));
    case 'machine':
      return (await host.machineNames()).map((name) => ({ name, detail: l10n.t('machine of this host') }));
    case 'cpu':
      return cpus(host, behindDash);
  }
};

/** Objects of the host that a value could name at the cursor. */
export const hostOffers = async (
  request: CompleteRequest,
  key: KeyWord,
  place: ValuePlace,
): Promise<readonly Offer[]> => {
  const { value, at, offsetInText } = place;
  const answers = key.wishes(value, at).map(async (wish): Promise<readonly Offer[]> => {
    const { object } = wish;
    if (object === 'path' || object === 'directory' || object === 'imagePath')
      return pathOffers(request, place, wish, object);
    const names = await namesFor(wish, request, value.charAt(wish.start - 1) === '-');
    return names.map(({ name, detail }) => ({
      start: offsetInText(wish.start),
      end: offsetInText(wish.end),
      label: name,
      kind: CompletionItemKind.Reference,
      group: 1,
      detail,
    }));
  });
  return (await Promise.all(answers)).flat();
};
