import { type BusCall, busLabel } from '../../host/systemBus.ts';

const machine1 = 'org.freedesktop.machine1';
const root = '/org/freedesktop/machine1';
const properties = 'org.freedesktop.DBus.Properties';

const machinePath = (name: string): string => `${root}/machine/${busLabel(name)}`;
export const imagePath = (name: string): string => `${root}/image/${busLabel(name)}`;

/** The cheapest question that shows that machined runs; the bus starts it where it does not. */
export const pingMachined: BusCall = {
  destination: machine1,
  path: root,
  interface: 'org.freedesktop.DBus.Peer',
  member: 'Ping',
};

/** A method of the manager, without an argument or with a name. */
export const askManager = (member: string, name?: string): BusCall => {
  const call = { destination: machine1, path: root, interface: `${machine1}.Manager`, member };
  return name === undefined ? call : { ...call, signature: 's', body: [name] };
};

/** All properties of a machine or image. */
export const askProperties = (kind: 'Machine' | 'Image', name: string): BusCall => ({
  destination: machine1,
  path: kind === 'Machine' ? machinePath(name) : imagePath(name),
  interface: properties,
  member: 'GetAll',
  signature: 's',
  body: [`${machine1}.${kind}`],
});

const match = (member: 'AddMatch' | 'RemoveMatch', rule: string): BusCall => ({
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member,
  signature: 's',
  body: [rule],
});
export const addMatch = (rule: string): BusCall => match('AddMatch', rule);
export const removeMatch = (rule: string): BusCall => match('RemoveMatch', rule);

/** systemd tells about unit files only where somebody has subscribed. */
export const subscribeToUnits: BusCall = {
  destination: 'org.freedesktop.systemd1',
  path: '/org/freedesktop/systemd1',
  interface: 'org.freedesktop.systemd1.Manager',
  member: 'Subscribe',
};
