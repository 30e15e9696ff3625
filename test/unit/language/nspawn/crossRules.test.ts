import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingOf, findingsIn, fixed } from './findings.ts';

const suffix = ({ rule, severity, effect }: { rule: string; severity: string; effect: string }): string =>
  `${rule} ${severity}${effect === 'start-refused' ? ' refused' : ''}`;

/** What other tests are about. */
const tested = [
  ...['overridden-setting', 'raf-unset-notice', 'empty-section'],
  ...['bind-owned-by-nobody', 'capability-not-in-userns'],
];

/** The rules across settings that a text of that version meets. */
const across = (text: string, systemdVersion = 252): readonly string[] =>
  findingsIn(text, { systemdVersion })
    .filter(({ rule }) => !tested.includes(rule))
    .map(suffix);

test('A picked range means chown up to 261 and auto since 262, which decides about a read-only root', () => {
  const readOnly = '[Exec]\nPrivateUsers=pick\n[Files]\nReadOnly=yes\n';
  assert.deepEqual(across(readOnly, 247), [
    'private-no-drops-net-admin info',
    'pick-implies-chown info',
    'chown-readonly error refused',
  ]);
  assert.deepEqual(across(readOnly, 257), ['pick-implies-chown info', 'chown-readonly error refused']);
  assert.deepEqual(across(readOnly, 262), []);
  assert.deepEqual(across(`${readOnly}PrivateUsersOwnership=auto\n`, 257), []);
  assert.deepEqual(across('[Exec]\nPrivateUsers=pick\n[Files]\nVolatile=state\n'), [
    'pick-implies-chown info',
    'chown-volatile error refused',
  ]);
  assert.deepEqual(across('[Exec]\nPrivateUsers=65536\n[Files]\nReadOnly=yes\nPrivateUsersChown=yes\n'), [
    'chown-readonly error refused',
  ]);
});

test('Of PrivateUsersOwnership= and PrivateUsersChown= the later counts', () => {
  const start = '[Exec]\nPrivateUsers=1:65536\n[Files]\nReadOnly=yes\n';
  assert.deepEqual(across(`${start}PrivateUsersOwnership=chown\nPrivateUsersChown=no\n`), []);
  assert.deepEqual(across(`${start}PrivateUsersChown=no\nPrivateUsersOwnership=chown\n`), [
    'chown-readonly error refused',
  ]);
});

test('The journal of an ephemeral machine is linked only where trying is allowed', () => {
  assert.deepEqual(across('[Exec]\nEphemeral=yes\nLinkJournal=host\n'), ['ephemeral-linkjournal error refused']);
  assert.deepEqual(across('[Exec]\nEphemeral=yes\nLinkJournal=try-guest\n'), []);
  assert.deepEqual(across('[Exec]\nEphemeral=yes\nLinkJournal=try-guest\n', 247), [
    'private-no-drops-net-admin info',
    'ephemeral-linkjournal error refused',
  ]);
  assert.deepEqual(across('[Exec]\nEphemeral=yes\n', 247), [
    'private-no-drops-net-admin info',
    'ephemeral-linkjournal warning',
  ]);
  assert.deepEqual(across('[Exec]\nEphemeral=yes\nLinkJournal=no\n', 247), ['private-no-drops-net-admin info']);
});

test('Bridge= and Zone= exclude each other', () => {
  assert.deepEqual(across('[Network]\nBridge=br0\nZone=a\n'), ['bridge-zone error refused']);
  assert.deepEqual(across('[Network]\nBridge=br0\nZone=a\nBridge=\n'), ['reset-setting hint']);
});

test('Port= without private networking is refused, but for the option of the template unit', () => {
  assert.deepEqual(across('[Network]\nPort=80\n'), ['port-needs-private-network warning refused']);
  assert.match(
    findingOf('port-needs-private-network', '[Network]\nPort=80\n').message,
    /run directly.*--network-veth/u,
  );
  assert.deepEqual(across('[Network]\nPrivate=no\nPort=80\n'), [
    'private-no-drops-net-admin info',
    'port-needs-private-network error refused',
  ]);
  for (const line of ['VirtualEthernet=yes', 'Bridge=br0', 'Zone=a'])
    assert.deepEqual(across(`[Network]\n${line}\nPort=80\n`), []);
  for (const line of ['Private=yes', 'Interface=eth0', 'MACVLAN=eth0', 'VirtualEthernetExtra=a'])
    assert.deepEqual(across(`[Network]\n${line}\nPort=80\n`), ['network-group-replace info']);
});

test('An empty Interface= sets nothing since 254, and resets before', () => {
  for (const version of [252, 257])
    assert.deepEqual(across('[Network]\nInterface=\nPort=80\n', version), [
      'port-needs-private-network warning refused',
    ]);
  assert.deepEqual(across('[Network]\nInterface=a\nInterface=\nPort=80\n', 257), ['network-group-replace info']);
});

test('NamespacePath= stands alone', () => {
  assert.deepEqual(across('[Network]\nNamespacePath=/run/netns/a\nPrivate=no\n', 262), []);
  assert.deepEqual(across('[Network]\nNamespacePath=/run/netns/a\nVirtualEthernet=no\n', 262), []);
  assert.ok(
    across('[Network]\nNamespacePath=/run/netns/a\nVirtualEthernet=yes\n', 262).includes(
      'nspath-exclusive error refused',
    ),
  );
  assert.ok(across('[Network]\nNamespacePath=/a\nZone=a\n', 262).includes('nspath-exclusive error refused'));
});

test('PrivateUsers=managed needs a private network, and PrivateUsersDelegate= needs it', () => {
  assert.deepEqual(across('[Exec]\nPrivateUsers=managed\n', 262), ['managed-needs-private-network warning refused']);
  assert.ok(
    across('[Exec]\nPrivateUsers=managed\n[Network]\nPrivate=no\n', 262).includes(
      'managed-needs-private-network error refused',
    ),
  );
  assert.deepEqual(across('[Exec]\nPrivateUsers=pick\nPrivateUsersDelegate=1\n', 262), [
    'delegate-needs-managed error refused',
  ]);
  assert.deepEqual(across('[Exec]\nPrivateUsers=pick\nPrivateUsersDelegate=0\n', 262), []);
  assert.deepEqual(across('[Exec]\nPrivateUsersDelegate=1\n', 262), ['delegate-without-users warning']);
});

test('AmbientCapability= has to be covered, names no all, and is not for an init', () => {
  const pid2 = '[Exec]\nProcessTwo=yes\n';
  assert.deepEqual(across(`${pid2}AmbientCapability=CAP_CHOWN\n`), []);
  assert.deepEqual(across(`${pid2}AmbientCapability=cap_chown 0\n`), []);
  assert.deepEqual(across(`${pid2}AmbientCapability=CAP_SYS_TIME\n`), ['ambient-not-covered error refused']);
  assert.deepEqual(across(`${pid2}AmbientCapability=CAP_SYS_TIME\nCapability=CAP_SYS_TIME\n`), []);
  assert.deepEqual(across(`${pid2}AmbientCapability=CAP_CHOWN\nDropCapability=CAP_CHOWN\n`), [
    'ambient-not-covered error refused',
  ]);
  assert.deepEqual(across(`${pid2}AmbientCapability=CAP_NET_ADMIN\n`), ['ambient-not-covered warning refused']);
  assert.deepEqual(across(`${pid2}AmbientCapability=CAP_NET_ADMIN\n[Network]\nVirtualEthernet=yes\n`), []);
  assert.deepEqual(across(`${pid2}Capability=all\nAmbientCapability=all\n`), ['ambient-capability-all error refused']);
  assert.deepEqual(across('[Exec]\nBoot=yes\nAmbientCapability=CAP_CHOWN\n'), ['ambient-boot error refused']);
  assert.deepEqual(across('[Exec]\nAmbientCapability=CAP_CHOWN\n'), ['ambient-boot warning']);
});

test('BindUser= needs user namespaces up to 257, and BindUserShell= with a path needs BindUser=', () => {
  assert.deepEqual(across('[Files]\nBindUser=a\n', 257), ['binduser-needs-userns warning refused']);
  assert.deepEqual(across('[Exec]\nPrivateUsers=no\n[Files]\nBindUser=a\n', 257), [
    'binduser-needs-userns error refused',
  ]);
  assert.deepEqual(across('[Files]\nBindUser=a\n', 262), []);
  assert.deepEqual(across('[Files]\nBindUserShell=/bin/sh\n', 262), ['bindusershell-needs-binduser error refused']);
  assert.deepEqual(across('[Files]\nBindUserShell=yes\n', 262), []);
});

test('A mount over / wants a known first user and files that keep their owner', () => {
  const mount = (users: string, line = 'Bind=/x:/'): readonly string[] =>
    across(`[Exec]\n${users}\n[Files]\n${line}\n`);
  assert.deepEqual(mount('PrivateUsers=65536'), ['readonly-implied info']);
  assert.deepEqual(mount('PrivateUsers=yes'), ['custom-root-mount-userns error refused', 'readonly-implied info']);
  for (const line of [
    'Bind=/',
    'Bind=+/x:/',
    'TemporaryFileSystem=/',
    'Overlay=/a:/b:/',
    'Overlay=/a:+/',
    'BindReadOnly=/x:/.//:rbind',
  ])
    assert.deepEqual(mount('PrivateUsers=no', line), ['readonly-implied info'], line);
  for (const line of ['Bind=/x', 'Overlay=/:/b', 'Overlay=/:/a:/b', 'TemporaryFileSystem=/x:mode=0755'])
    assert.deepEqual(mount('PrivateUsers=yes', line), [], line);
  assert.deepEqual(mount('Boot=yes'), ['custom-root-mount-userns warning', 'readonly-implied info']);
});

test('Idmapped bind mounts want user namespaces', () => {
  assert.ok(across('[Files]\nBind=/x:/y:rbind,idmap\n').includes('idmap-needs-userns warning refused'));
  assert.ok(
    across('[Exec]\nPrivateUsers=no\n[Files]\nBind=/x:/y:idmap\n', 262).includes('idmap-needs-userns error refused'),
  );
  assert.deepEqual(across('[Files]\nBind=/x:/y:noidmap\nBind=/idmap:/rootidmap\n'), []);
  assert.deepEqual(across('[Exec]\nPrivateUsers=1:65536\n[Files]\nBind=/x:/y:idmap\n'), []);
});

test('Parameters= counts only beside Boot= or ProcessTwo=', () => {
  assert.deepEqual(across('[Exec]\nParameters=/bin/sh\n'), ['parameters-needs-start-mode warning']);
  for (const line of ['Boot=no', 'Boot=yes', 'ProcessTwo=yes'])
    assert.deepEqual(across(`[Exec]\nParameters=/bin/sh\n${line}\n`), []);
  assert.deepEqual(across('[Exec]\nParameters=/bin/sh\nParameters=\n'), ['reset-setting hint']);
});

test('An ownership without PrivateUsers= turns user namespaces off', () => {
  const text = '[Files]\nPrivateUsersOwnership=map\n';
  assert.deepEqual(across(text), ['ownership-without-users warning']);
  const [fix] = findingOf('ownership-without-users', text).fixes ?? [];
  assert.equal(fixed(text, fix), '[Files]\nPrivateUsersOwnership=map\n\n[Exec]\nPrivateUsers=pick\n');
});

test('A network setting replaces the options of the template unit', () => {
  assert.deepEqual(across('[Network]\nMACVLAN=eth0\n'), ['network-group-replace info']);
  assert.deepEqual(across('[Network]\nMACVLAN=eth0\nVirtualEthernet=no\n'), []);
  assert.deepEqual(
    across('[Network]\nPrivate=no\n[Exec]\nPrivateUsers=pick\n[Files]\nPrivateUsersOwnership=auto\n', 262),
    ['private-no-drops-net-admin info', 'userns-no-private-net-drops-bind-service info'],
  );
  assert.deepEqual(across('[Network]\nPrivate=no\n[Exec]\nCapability=CAP_NET_ADMIN\n'), []);
});

test('Volatile= makes the root read-only in spite of ReadOnly=no', () => {
  assert.deepEqual(across('[Files]\nVolatile=yes\nReadOnly=no\n', 257), ['readonly-implied info']);
  assert.deepEqual(across('[Files]\nVolatile=no\nReadOnly=no\n'), []);
});

test('An init as another user is a hint, and so is RestrictAddressFamilies= since 261', () => {
  assert.deepEqual(across('[Exec]\nBoot=yes\nUser=joe\n'), ['user-with-boot hint']);
  assert.deepEqual(across('[Exec]\nBoot=yes\nUser=root\n'), []);
  const notice = (systemdVersion: number, line: string): boolean =>
    findingsIn(`[Exec]\n${line}\n`, { systemdVersion }).some(({ rule }) => rule === 'raf-unset-notice');
  assert.equal(notice(261, 'Boot=yes'), true);
  assert.equal(notice(260, 'Boot=yes'), false);
  assert.equal(notice(261, 'RestrictAddressFamilies=AF_INET'), false);
});

test('Only a plain idmap that no later option takes back needs user namespaces', () => {
  const refuses = (options: string): boolean =>
    across(`[Files]\nBind=/a:/b:${options}\n`, 262).includes('idmap-needs-userns warning refused');
  const taken = ['rootidmap', 'owneridmap', 'idmap,noidmap', 'idmap,rootidmap', 'idmap,owneridmap', 'rbind'];
  assert.deepEqual(taken.filter(refuses), []);
  assert.deepEqual(
    ['idmap', 'noidmap,idmap', 'owneridmap,idmap', 'idmap,norbind'].filter((one) => !refuses(one)),
    [],
  );
});

test('A volatile machine does not start with a path of its image that it leaves out', () => {
  const missing = ['volatile-path-missing error refused'];
  const has = (volatile: string, line: string): readonly string[] =>
    across(`[Files]\nVolatile=${volatile}\n${line}\n`, 257);
  for (const line of ['Inaccessible=/mnt', 'Inaccessible=//srv/./a', 'Inaccessible=/var/log', 'Bind=+/mnt:/x'])
    assert.deepEqual(has('yes', line), missing, line);
  for (const line of ['Inaccessible=/var/lib/x', 'BindReadOnly=+/var/log:/x'])
    assert.deepEqual(has('state', line), missing, line);
  for (const line of ['Inaccessible=/mnt', 'Inaccessible=/var']) assert.deepEqual(has('state', line), [], line);
  for (const line of ['Inaccessible=/etc', 'Inaccessible=/usr/share', 'Bind=/srv:/mnt'])
    assert.deepEqual(has('yes', line), [], line);
  for (const line of ['Inaccessible=/mnt/a\nTemporaryFileSystem=/mnt', 'Inaccessible=/srv\nBind=/usr:/srv/a'])
    assert.deepEqual(has('yes', line), [], line);
  assert.deepEqual(has('overlay', 'Inaccessible=/mnt'), []);
  assert.deepEqual(has('no', 'Inaccessible=/mnt'), []);
});

test('Up to 256 a volatile machine with mapped users does not start, and no repair leads there', () => {
  const mapped = '[Exec]\nPrivateUsers=pick\n[Files]\nVolatile=yes\nPrivateUsersOwnership=auto\n';
  assert.deepEqual(across(mapped, 252), ['volatile-mapped error refused']);
  assert.deepEqual(across(mapped, 256), ['volatile-mapped error refused']);
  assert.deepEqual(across(mapped, 257), []);
  assert.deepEqual(across('[Files]\nVolatile=state\n', 252), ['volatile-mapped warning']);
  assert.deepEqual(across('[Files]\nVolatile=state\n', 257), []);
  const others = ['Volatile=overlay', 'Volatile=no'].map((line) => mapped.replace('Volatile=yes', line));
  const still = ['0:65536', 'identity', 'yes'].map((users) => mapped.replace('=pick', `=${users}`));
  for (const text of [...others, ...still]) assert.deepEqual(across(text, 252), [], text);
  const picked = '[Exec]\nPrivateUsers=pick\n[Files]\nVolatile=yes\n';
  const fixesAt = (systemdVersion: number): readonly string[] =>
    findingsIn(picked, { systemdVersion }).flatMap(({ fixes = [] }) => fixes.map(({ title }) => title));
  assert.deepEqual(fixesAt(252), []);
  assert.deepEqual(fixesAt(257), [
    'Add PrivateUsersOwnership=auto to [Files]',
    'Add PrivateUsersOwnership=auto to [Files]',
  ]);
});

test('With user namespaces and the network of the host CAP_NET_BIND_SERVICE cannot be kept', () => {
  const ambient = '[Exec]\nBoot=no\nPrivateUsers=524288\nAmbientCapability=CAP_NET_BIND_SERVICE\n';
  assert.deepEqual(across(ambient), ['ambient-not-covered warning refused']);
  assert.deepEqual(across(`${ambient}Capability=CAP_NET_BIND_SERVICE\n`), ['ambient-not-covered warning refused']);
  assert.deepEqual(across(`${ambient}[Network]\nVirtualEthernet=yes\n`), []);
  const finding = findingOf('ambient-not-covered', ambient);
  assert.match(finding.message, /whatever Capability= says/u);
  assert.deepEqual(across(fixed(ambient, finding.fixes?.[0])), []);
  const identity = ambient.replace('=524288', '=identity');
  assert.deepEqual(across(identity, 252), []);
  assert.deepEqual(across(identity, 257), ['ambient-not-covered warning refused']);
});

test('The plain idmap maps root of the host, which the users of the machine must not begin with', () => {
  const twice = (users: string, options: string, version = 257): string | undefined =>
    across(`[Exec]\nPrivateUsers=${users}\n[Files]\nBind=/usr:/mnt:${options}\n`, version).find((one) =>
      one.startsWith('idmap-maps-root-twice'),
    );
  for (const users of ['identity', '0:65536'])
    assert.equal(twice(users, 'idmap'), 'idmap-maps-root-twice error refused', users);
  assert.equal(twice('yes', 'idmap'), 'idmap-maps-root-twice warning refused');
  for (const users of ['pick', 'no', '524288']) assert.equal(twice(users, 'idmap'), undefined, users);
  for (const options of ['rootidmap', 'noidmap', 'idmap,noidmap'])
    assert.equal(twice('identity', options), undefined, options);
  assert.equal(twice('identity', 'idmap', 249), undefined);
});

test('The whole value of Inaccessible= is the path, so a colon makes it another one than the root', () => {
  assert.deepEqual(across('[Exec]\nPrivateUsers=yes\n[Files]\nInaccessible=/:\n'), []);
  assert.deepEqual(across('[Exec]\nPrivateUsers=yes\n[Files]\nInaccessible=//\n'), [
    'custom-root-mount-userns error refused',
    'readonly-implied info',
    'hides-needed-path error refused',
  ]);
});

test('What systemd ignores takes no part', () => {
  assert.deepEqual(across('[Network]\nPort=80\nPrivate=no\nPrivate=yes\nPrivate=\n').slice(0, 1), [
    'port-needs-private-network warning refused',
  ]);
  assert.deepEqual(
    across('[Network]\nBridge=br0\nZone=thisnameistoolong\n').filter((one) => one.startsWith('bridge-zone')),
    [],
  );
});
