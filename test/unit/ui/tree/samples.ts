import type { Image } from '../../../../src/machines/image.ts';
import type { Machine, MachineDetails } from '../../../../src/machines/machine.ts';

export const machine = (name: string, more: Partial<Machine> = {}): Machine => ({
  id: name,
  name,
  className: 'container',
  service: 'systemd-nspawn',
  unit: `systemd-nspawn@${name}.service`,
  leader: 4711,
  rootDirectory: `/var/lib/machines/${name}`,
  since: undefined,
  networkInterfaces: [],
  ...more,
});

export const image = (name: string, more: Partial<Image> = {}): Image => ({
  id: name,
  name,
  type: 'directory',
  path: `/var/lib/machines/${name}`,
  readOnly: false,
  usage: undefined,
  limit: undefined,
  created: undefined,
  modified: undefined,
  managed: true,
  ...more,
});

export const details = (more: Partial<MachineDetails> = {}): MachineDetails => ({
  state: 'running',
  os: { id: 'debian', name: 'Debian GNU/Linux', versionId: '13', prettyName: 'Debian GNU/Linux 13 (trixie)' },
  addresses: ['10.0.0.2', 'fe80::1'],
  ...more,
});

export const named = <Thing extends { readonly id: string }>(...things: readonly Thing[]): Map<string, Thing> =>
  new Map(things.map((thing) => [thing.id, thing]));
