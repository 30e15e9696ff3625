/** Controllers that only v1 has: devices, freezer and the marks on packets. */
import type { ParameterRows } from './parameterRows.ts';

export const devicesParameters: readonly ParameterRows[] = [
  {
    controller: 'devices',
    version: 1,
    rows: [
      {
        name: 'devices.allow',
        access: 'write',
        value: { kind: 'deviceRule' },
        systemd: ['DeviceAllow'],
        text: 'Allows access to devices, as “a” for all, or b or c with MAJOR:MINOR and rwm; it can be written once in cgconfig.conf.',
      },
      {
        name: 'devices.deny',
        access: 'write',
        value: { kind: 'deviceRule' },
        systemd: ['DevicePolicy'],
        text: 'Forbids access to devices, as “a” for all, or b or c with MAJOR:MINOR and rwm; it can be written once in cgconfig.conf.',
      },
      {
        name: 'devices.list',
        access: 'read',
        value: { kind: 'statistics' },
        text: 'The devices that the group may use.',
      },
    ],
  },
  {
    controller: 'freezer',
    version: 1,
    rows: [
      {
        name: 'freezer.state',
        access: 'readWrite',
        value: { kind: 'words', words: ['FROZEN', 'THAWED'], reads: ['FREEZING'] },
        default: 'THAWED',
        equivalents: ['cgroup.freeze'],
        text: 'FROZEN stops all tasks of the group, THAWED lets them run again.',
      },
      {
        name: 'freezer.self_freezing',
        access: 'read',
        value: { kind: 'boolean' },
        text: 'Whether this group itself was told to freeze.',
      },
      {
        name: 'freezer.parent_freezing',
        access: 'read',
        value: { kind: 'boolean' },
        text: 'Whether a group above it was told to freeze.',
      },
    ],
  },
  {
    controller: 'net_cls',
    version: 1,
    rows: [
      {
        name: 'net_cls.classid',
        access: 'readWrite',
        value: { kind: 'integer', min: 0, max: 4294967295 },
        default: '0',
        text: 'The class that packets of the group are marked with, as 0xAAAABBBB for class AAAA:BBBB of tc.',
      },
    ],
  },
  {
    controller: 'net_prio',
    version: 1,
    rows: [
      {
        name: 'net_prio.ifpriomap',
        access: 'readWrite',
        value: { kind: 'interfacePriority' },
        text: 'The priority of the group’s packets on a network interface, as its name and a number.',
      },
      {
        name: 'net_prio.prioidx',
        access: 'read',
        value: { kind: 'integer' },
        text: 'A number that the kernel uses for the group.',
      },
    ],
  },
];
