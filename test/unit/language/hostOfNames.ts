import type { NamedOnHost } from '../../../src/language/namedOnHost.ts';

/** A host with one network card, one bridge, a few paths and users. */
export const hostOfNames: NamedOnHost = {
  interfaces: new Map([
    ['lo', 'other'],
    ['eth0', 'other'],
    ['br0', 'bridge'],
    ['enp1s0', 'unknown'],
  ]),
  paths: new Map([
    ['/srv/data', 'directory'],
    ['/srv/file', 'other'],
    ['/srv/none', 'absent'],
    ['/run/netns/lan', 'other'],
    ['/run/netns/none', 'absent'],
    ['/srv/layered', 'onOverlay'],
    ['/srv/mounted', 'mountPoint'],
    ['/sys/fs/cgroup/cgroup.controllers', 'other'],
    ['/usr/bin/newuidmap', 'other'],
    ['/usr/bin/newgidmap', 'other'],
  ]),
  users: new Map([
    ['anna', 'fits'],
    ['nobody-knows', 'absent'],
    ['staff', 'otherGroup'],
    ['homeless', 'homeless'],
  ]),
  runs: false,
  inside: new Map([
    ['/usr', 'directory'],
    ['/srv/none', 'absent'],
  ]),
  texts: new Map([
    ['/etc/subuid', 'anna:100000:65536\n'],
    ['/etc/subgid', 'anna:100000:65536\n'],
  ]),
};
