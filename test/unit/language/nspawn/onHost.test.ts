import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Context, defaultContext } from '../../../../src/language/context.ts';
import type { Finding } from '../../../../src/language/finding.ts';
import { languageFeatures, openFile } from '../../../../src/language/languageService.ts';
import { nothingNamed } from '../../../../src/language/namedOnHost.ts';
import { namesOnHost } from '../../../../src/language/nspawn/crossRules/hostNeeds.ts';
import { onHostRules } from '../../../../src/language/nspawn/crossRules/onHost.ts';
import { parseNspawn } from '../../../../src/language/nspawn/parse.ts';
import { startObstacles } from '../../../../src/language/nspawn/check.ts';
import { hostOfNames } from '../hostOfNames.ts';

const onHost: Context = { ...defaultContext, place: { trust: 'trusted' }, named: hostOfNames };

const findingsOf = (text: string, context: Context = onHost): readonly Finding[] => {
  const file = openFile(TextDocument.create('file:///m.nspawn', 'nspawn', 0, text), 'nspawn');
  assert.ok(file !== undefined);
  return languageFeatures.diagnose(file, context).filter(({ rule }) => onHostRules.some(({ id }) => id === rule));
};
const marked = (text: string, context?: Context): readonly string[] =>
  findingsOf(text, context).map(({ rule, start, end }) => `${rule}: ${text.slice(start, end)}`);

test('what the host lacks is marked where it is named', () => {
  assert.deepEqual(marked('[Network]\nInterface=eth0 eth7:inside enp1s0\n'), ['interface-not-on-host: eth7']);
  assert.deepEqual(marked('[Network]\nMACVLAN=eth7\nIPVLAN=eth8:x\n'), [
    'parent-interface-not-on-host: eth7',
    'parent-interface-not-on-host: eth8',
  ]);
  assert.deepEqual(marked('[Network]\nBridge=lan\n'), ['bridge-not-on-host: lan']);
  assert.deepEqual(marked('[Network]\nBridge=eth0\n'), ['bridge-not-on-host: eth0']);
  assert.deepEqual(marked('[Network]\nNamespacePath=/run/netns/none\n'), ['namespace-not-on-host: /run/netns/none']);
  assert.deepEqual(marked('[Files]\nBind=/srv/none:/mnt\nBindReadOnly=/srv/none\n'), [
    'bind-source-not-on-host: /srv/none',
    'bind-source-not-on-host: /srv/none',
  ]);
  assert.deepEqual(marked('[Files]\nOverlay=/srv/none:/srv/data:/mnt\nOverlayReadOnly=/srv/data:/srv/none\n'), [
    'overlay-not-on-host: /srv/none',
    'overlay-not-on-host: /srv/none',
  ]);
  assert.deepEqual(marked('[Files]\nOverlay=/srv/data:/srv/file:/mnt\n'), ['overlay-not-on-host: /srv/file']);
});

test('users of the host are bound where they are there, have a group of their own number, and a home', () => {
  assert.deepEqual(marked('[Files]\nBindUser=anna nobody-knows\nBindUser=staff homeless unseen\n'), [
    'user-not-on-host: nobody-knows',
    'user-not-on-host: staff',
    'user-not-on-host: homeless',
  ]);
  // These two are refused anywhere, and that is told where it stands.
  const refused = { ...onHost, named: { ...hostOfNames, users: new Map([['root', 'absent']] as const) } };
  assert.deepEqual(marked('[Files]\nBindUser=root\n', refused), []);
});

test('a relative source counts from /, where units run', () => {
  assert.deepEqual(marked('[Files]\nBind=srv/none:/mnt\nBind=srv/data:/opt\n'), ['bind-source-not-on-host: srv/none']);
  assert.deepEqual(marked('[Files]\nOverlayReadOnly=srv/none:/srv/data:/mnt\n'), ['overlay-not-on-host: srv/none']);
  const [message] = findingsOf('[Files]\nBind=srv/none:/mnt\n').map((one) => one.message);
  assert.match(message ?? '', /^This host has no `\/srv\/none` .* counts from \/ under machinectl start/u);
  assert.deepEqual(marked('[Files]\nBind=srv/none:/mnt\n', { ...onHost, systemdVersion: 249 }), []);
});

test('an upper directory lies where the kernel takes one, and the others anywhere', () => {
  const upper = 'overlay-upper-not-possible';
  assert.deepEqual(marked('[Files]\nOverlay=/srv/data:/srv/layered:/mnt\n'), [`${upper}: /srv/layered`]);
  assert.deepEqual(marked('[Files]\nOverlay=/srv/data:/srv/mounted\n'), [`${upper}: /srv/mounted`]);
  const fine = ['OverlayReadOnly=/srv/data:/srv/layered:/mnt', 'Overlay=/srv/mounted:/srv/layered:/srv/data:/mnt'];
  for (const line of [...fine, 'Bind=/srv/mounted']) assert.deepEqual(marked(`[Files]\n${line}\n`), [], line);
  const leftOut = '[Files]\nOverlay=/srv/data::/mnt\n';
  assert.deepEqual(marked(leftOut), []);
  const temporary = (is: 'onOverlay' | 'mountPoint'): Context => ({
    ...onHost,
    named: { ...hostOfNames, paths: new Map([['/var/tmp', is]] as const) },
  });
  assert.deepEqual(marked(leftOut, temporary('onOverlay')), [`${upper}: /srv/data::/mnt`]);
  assert.deepEqual(marked(leftOut, temporary('mountPoint')), []);
});

test('what is there, what nobody knows of and what is no path of the host are left alone', () => {
  const fine = [
    '[Network]\nInterface=eth0\nMACVLAN=eth0\nBridge=br0\n',
    '[Network]\nBridge=enp1s0\n',
    '[Network]\nZone=lan\nVirtualEthernetExtra=x\n',
    '[Files]\nBind=/srv/data:/srv/none\nBind=+/srv/none:/mnt\nBind=-/srv/none:/opt\nBind=:/var\nBind=/srv/unseen:/a\n',
    '[Files]\nOverlay=/srv/data::/srv/none\nOverlay=+/srv/none:+/etc:/mnt\n',
    '[Files]\nInaccessible=/srv/none\nTemporaryFileSystem=/srv/none\n',
    '[Exec]\nPivotRoot=/srv/none\n',
    // Taken back by a later line.
    '[Network]\nBridge=lan\nBridge=br0\n',
  ];
  for (const text of fine) assert.deepEqual(marked(text), [], text);
});

test('nothing is said where nobody has looked, and of lines that do not count', () => {
  const text = '[Network]\nInterface=eth7\n[Files]\nBind=/srv/none\n';
  assert.deepEqual(marked(text, { ...defaultContext, place: { trust: 'trusted' } }), []);
  assert.deepEqual(marked(text, { ...onHost, place: { trust: 'untrusted' } }), []);
  assert.deepEqual(marked(text, { ...onHost, named: nothingNamed }), []);
});

test('a machine that runs has its interface for itself, and its other needs are the host’s', () => {
  const text = '[Network]\nInterface=eth7\nMACVLAN=eth8\n';
  assert.deepEqual(marked(text, { ...onHost, named: { ...hostOfNames, runs: true } }), [
    'parent-interface-not-on-host: eth8',
  ]);
});

test('up to systemd 252 a colon is part of the name of an interface', () => {
  const text = '[Network]\nInterface=eth0:inside\n';
  assert.deepEqual(marked(text, { ...onHost, systemdVersion: 252 }), ['interface-not-on-host: eth0:inside']);
  assert.deepEqual(marked(text), []);
});

test('the sentences say what there is', () => {
  const [message] = findingsOf('[Network]\nInterface=eth7\n').map((one) => one.message);
  assert.equal(
    message,
    'This host has no network interface `eth7` that it could give away, so the machine does not start. It has `br0` and `eth0`.',
  );
});

test('a file tells what to look for, each once', () => {
  const text = '[Files]\nBind=/a:/mnt\nOverlay=/a:/b:/c\nBind=+/d\n';
  assert.deepEqual(namesOnHost(parseNspawn(text), onHost), {
    interfaces: false,
    paths: ['/a', '/b'],
    uppers: ['/b'],
    users: [],
  });
  const users = '[Files]\nBindUser=anna root\nBindUser=anna otto\nOverlay=a::/b\n';
  assert.deepEqual(namesOnHost(parseNspawn(users), onHost), {
    ...{ interfaces: false, paths: ['/a', '/var/tmp'], uppers: ['/var/tmp'], users: ['anna', 'otto'] },
  });
  const network = '[Network]\nBridge=br0\n';
  assert.deepEqual(namesOnHost(parseNspawn(network), onHost), { interfaces: true, paths: [], uppers: [], users: [] });
  assert.deepEqual(namesOnHost(parseNspawn('[Exec]\nBoot=yes\n'), onHost), {
    interfaces: false,
    paths: [],
    uppers: [],
    users: [],
  });
});

test('a semicolon for a colon needs no host, and is one finding', () => {
  const text = '[Files]\nBind=/srv/none;/mnt\n';
  const obstacles = startObstacles(parseNspawn(text), text, onHost);
  assert.deepEqual(
    obstacles.map(({ rule, start, end }) => [rule, text.slice(start, end)]),
    [['semicolon-for-colon', ';']],
  );
});

test('what only a call by hand refuses does not keep a machine from starting', () => {
  const text = '[Network]\nPort=80\n';
  assert.deepEqual(startObstacles(parseNspawn(text), text, onHost), []);
  const refused = '[Network]\nBridge=br0\nZone=lan\n';
  assert.deepEqual(
    startObstacles(parseNspawn(refused), refused, onHost).map(({ rule }) => rule),
    ['bridge-zone'],
  );
});

test('a file that systemd refuses as a whole keeps the machine from starting', () => {
  const text = '[Exec]\nBoot=yes\n[Files\n';
  assert.deepEqual(
    startObstacles(parseNspawn(text), text, onHost).map(({ effect, line }) => [effect, line]),
    [['file-refused', 3]],
  );
});
