import { type BusCall, busLabel } from './systemBus.ts';

const systemd1 = 'org.freedesktop.systemd1';
const manager = `${systemd1}.Manager`;

const unitPath = (unit: string): string => `/org/freedesktop/systemd1/unit/${busLabel(unit)}`;

/** All services that systemd keeps as failed; nothing is asked of those that run. */
export const listFailedServices: BusCall = {
  destination: systemd1,
  path: '/org/freedesktop/systemd1',
  interface: manager,
  member: 'ListUnitsByPatterns',
  signature: 'asas',
  body: [['failed'], ['*.service']],
};

export const askUnitProperty = (unit: string, kind: 'Unit' | 'Service', property: string): BusCall => ({
  destination: systemd1,
  path: unitPath(unit),
  interface: 'org.freedesktop.DBus.Properties',
  member: 'Get',
  signature: 'ss',
  body: [`${systemd1}.${kind}`, property],
});

/** What systemd tells of one unit, to whoever has subscribed: that it changes, and that it is no longer kept. */
export const unitRules = (unit: string): readonly string[] => [
  `type='signal',sender='${systemd1}',interface='org.freedesktop.DBus.Properties',member='PropertiesChanged',path='${unitPath(unit)}'`,
  `type='signal',sender='${systemd1}',interface='${manager}',member='UnitRemoved',arg0='${unit}'`,
];
