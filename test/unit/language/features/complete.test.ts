import assert from 'node:assert/strict';
import test from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionItem, CompletionList } from 'vscode-languageserver-types';
import type { Context } from '../../../../src/language/context.ts';
import { complete } from '../../../../src/language/features/complete.ts';
import { noHostObjects, type HostObjects } from '../../../../src/language/hostObjects.ts';
import { contextOf, marked } from './marked.ts';

const host: HostObjects = {
  ...noHostObjects,
  networkInterfaces: () =>
    Promise.resolve([
      { name: 'lo', kind: 'other' },
      { name: 'eth0', kind: 'other' },
      { name: 've-web', kind: 'other' },
      { name: 'br0', kind: 'bridge' },
      { name: 'vz-lab', kind: 'zone' },
    ]),
  directory: (path) =>
    Promise.resolve(
      path === '/'
        ? [
            { name: 'srv', isDirectory: true },
            { name: 'etc', isDirectory: true },
          ]
        : path === '/srv/'
          ? [
              { name: 'www', isDirectory: true },
              { name: 'notes', isDirectory: false },
              { name: '.git', isDirectory: true },
              { name: 'a:b', isDirectory: true },
            ]
          : [],
    ),
  users: () => Promise.resolve(['alice', 'bob']),
  imageUsers: () => Promise.resolve(['root', 'www-data']),
  machineNames: () => Promise.resolve(['web']),
  cpuCount: () => Promise.resolve(4),
};

const ask = (text: string, change: Partial<Context> = {}, snippets = true): Promise<CompletionList> => {
  const { file, position } = marked(text);
  return complete(file, position, contextOf(change), host, { snippets });
};

const sorted = (items: readonly CompletionItem[]): readonly CompletionItem[] =>
  [...items].sort((one, other) => ((one.sortText ?? '') < (other.sortText ?? '') ? -1 : 1));

const labels = async (text: string, change: Partial<Context> = {}): Promise<readonly string[]> =>
  sorted((await ask(text, change)).items).map(({ label }) => label);

const item = async (text: string, label: string, change: Partial<Context> = {}): Promise<CompletionItem> => {
  const { items } = await ask(text, change);
  const found = items.find((one) => one.label === label);
  assert.ok(found, `no ${label} among ${items.map((one) => one.label).join(' ')}`);
  return found;
};

/** The text after an answer was taken, without its snippet stops. */
const taken = async (text: string, label: string, change: Partial<Context> = {}): Promise<string> => {
  const found = await item(text, label, change);
  const { file } = marked(text);
  assert.ok(found.textEdit !== undefined && 'range' in found.textEdit);
  return TextDocument.applyEdits(file.textDocument, [found.textEdit]);
};

test('offers sections with their brackets, whether a bracket is typed or not', async () => {
  assert.deepEqual(await labels('[|'), ['[Exec]', '[Files]', '[Network]']);
  assert.equal(await taken('[|', '[Exec]'), '[Exec]');
  assert.equal(await taken('[Ex|', '[Exec]'), '[Exec]');
  assert.equal(await taken('[E|xec]\nBoot=yes\n', '[Files]'), '[Files]\nBoot=yes\n');
  assert.equal(await taken('[|]\n', '[Files]'), '[Files]\n');
  assert.equal(await taken('Ne|', '[Network]'), '[Network]');
  assert.equal((await item('Ne|', '[Network]')).filterText, 'Network');
  assert.equal((await item('[Ne|', '[Network]')).filterText, '[Network]');
});

test('offers those sections first that are missing', async () => {
  assert.deepEqual(await labels('[Exec]\n[|\n'), ['[Files]', '[Network]', '[Exec]']);
  assert.equal((await item('[Exec]\n[|', '[Exec]')).labelDetails?.description, 'already in this file');
});

test('offers the directives of the section, with the shape of their value', async () => {
  const names = await labels('[Exec]\n|\n[Files]\n');
  assert.equal(names.includes('Boot'), true);
  assert.equal(names.includes('Bind'), false);
  const { items } = await ask('[Exec]\nBo|', {}, false);
  const boot = items.find(({ label }) => label === 'Boot');
  assert.match(boot?.textEdit?.newText ?? '', /^Boot=[^$]*$/u);
  assert.equal(boot?.insertTextFormat, 1);
  assert.match((await item('[Exec]\nBo|', 'Boot')).textEdit?.newText ?? '', /^Boot=/u);
});

test('replaces the whole name also from its middle, and leaves what is assigned', async () => {
  assert.equal(await taken('[Exec]\nUs|r=root\n', 'User'), '[Exec]\nUser=root\n');
  assert.equal(await taken('[Exec]\nUs|r = root\n', 'User'), '[Exec]\nUser = root\n');
  assert.equal(await taken('[Exec]\n  |=root\n', 'User'), '[Exec]\n  User=root\n');
  assert.match(await taken('[Exec]\nUs|xx\n', 'User'), /^\[Exec\]\nUser=/u);
});

test('moves a single directive that is set to the end, but not the one under the cursor', async () => {
  const again = await item('[Exec]\nBoot=yes\n[Files]\n[Exec]\n|', 'Boot');
  assert.equal(again.labelDetails?.description, 'already set');
  assert.equal((await item('[Exec]\nBo|ot=yes\n', 'Boot')).labelDetails, undefined);
  assert.equal((await item('[Files]\nBind=/x\n|', 'Bind')).labelDetails, undefined);
  const names = await labels('[Files]\nReadOnly=yes\n|\n[Network]\n[Exec]\n');
  assert.ok(names.indexOf('ReadOnly') > names.indexOf('Volatile'));
});

test('leaves out what the version does not know', async () => {
  const names = await labels('[Files]\n|', { systemdVersion: 257 });
  assert.equal(names.includes('BindUserShell'), false);
  assert.equal((await labels('[Files]\n|', { systemdVersion: 258 })).includes('BindUserShell'), true);
});

test('marks an outdated directive from the version on that has a better one', async () => {
  assert.deepEqual((await item('[Files]\n|', 'PrivateUsersChown')).tags, [1]);
  assert.equal((await item('[Files]\n|', 'PrivateUsersChown', { systemdVersion: 248 })).tags, undefined);
});

test('marks what does not count where the file lies', async () => {
  const place = { trust: 'untrusted' } as const;
  assert.equal((await item('[Files]\n|', 'Bind', { place })).labelDetails?.description, 'ignored next to the image');
  assert.equal((await item('[Files]\n|', 'ReadOnly', { place })).labelDetails, undefined);
  assert.equal((await item('[Files]\n|', 'Bind', { place: { trust: 'trusted' } })).labelDetails, undefined);
});

test('offers a directive of a section that is missing together with it, where no line follows', async () => {
  assert.match(await taken('Po|', 'Port'), /^\[Network\]\nPort=/u);
  assert.match(await taken('[Exec]\nBoot=yes\nPo|\n', 'Port'), /^\[Exec\]\nBoot=yes\n\n\[Network\]\nPort=.*\n$/u);
  assert.equal((await labels('[Exec]\nPo|\nBoot=yes\n')).includes('Port'), false);
  assert.equal((await labels('[Exec]\nPo|\n[Files]\n')).includes('Port'), false);
  assert.equal((await labels('[Network]\n[Exec]\nPo|\n')).includes('Port'), false);
});

test('offers nothing in comments, in unknown sections, behind a word, and in front of one', async () => {
  for (const text of [
    '[Exec]\n# Bo|\n',
    '[Exec]\nParameters=a \\\n# b|\nc\n',
    '[Exec]\nBoot yes|\n',
    '[Exec]\n|  Boot=yes\n',
    '[Exec]\nBoot \\\nye|\n',
    '[Exec] |\n',
    '[Exec]\nMadeUp=|\n',
    '[Exec]\nBind=|\n',
  ])
    assert.deepEqual(await labels(text), [], text);
  assert.deepEqual(
    (await labels('[Other]\n|\n[Files]\nBind=/x\n')).filter((label) => !label.startsWith('[')),
    [],
  );
});

test('offers the names of rules in a comment that silences some', async () => {
  const names = await labels('[Exec]\n# nspawn-lint: ignore |\n');
  assert.ok(names.length > 5);
  const rule = names[3] ?? '';
  assert.equal(
    await taken(`# nspawn-lint: ignore unknown-section, ${rule.slice(0, 2)}|xx\n`, rule),
    `# nspawn-lint: ignore unknown-section, ${rule}\n`,
  );
});

test('offers the words of a value for the place of the cursor, and replaces one word', async () => {
  assert.equal(await taken('[Files]\nVolatile=sta|te\n', 'overlay'), '[Files]\nVolatile=overlay\n');
  assert.equal(
    await taken('[Exec]\nCapability=CAP_CHOWN cap_n|et CAP_KILL\n', 'CAP_NET_ADMIN'),
    '[Exec]\nCapability=CAP_CHOWN CAP_NET_ADMIN CAP_KILL\n',
  );
  assert.equal(await taken('[Files]\nBind=/srv:/srv:norbind,|\n', 'idmap'), '[Files]\nBind=/srv:/srv:norbind,idmap\n');
  assert.equal(await taken('[Exec]\nLimitAS=1|\n', 'G'), '[Exec]\nLimitAS=1G\n');
  assert.equal(await taken('[Exec]\nSystemCallFilter=~@cl|\n', '@clock'), '[Exec]\nSystemCallFilter=~@clock\n');
  assert.equal(await taken('[Exec]\nBoot =  |\n', 'yes'), '[Exec]\nBoot =  yes\n');
});

test('offers words on the further lines of a value', async () => {
  const before = '[Exec]\nCapability=CAP_CHOWN \\\n# not these\n   ';
  assert.equal(await taken(`${before}|\nBoot=yes\n`, 'CAP_KILL'), `${before}CAP_KILL\nBoot=yes\n`);
  assert.equal(await taken(`${before}CAP_|K\nBoot=yes\n`, 'CAP_KILL'), `${before}CAP_KILL\nBoot=yes\n`);
  assert.equal(await taken('[Exec]\nCapability= \\\n|', 'CAP_KILL'), '[Exec]\nCapability= \\\nCAP_KILL');
  assert.deepEqual(await labels('[Exec]\nCapability=CAP_CHOWN \\|\n  CAP_KILL\n'), []);
  assert.deepEqual(await labels('[Exec]\nCapability=CAP_CHOWN \\|\n\nBoot=yes\n'), []);
});

test('keeps words back that are rarely wanted until they are begun, and says that there are more', async () => {
  const first = await ask('[Exec]\nSystemCallFilter=|');
  assert.equal(first.isIncomplete, true);
  assert.equal(
    first.items.some(({ label }) => label === 'ptrace'),
    false,
  );
  assert.equal((await labels('[Exec]\nSystemCallFilter=pt|')).includes('ptrace'), true);
  assert.equal((await ask('[Exec]\nLimitAS=1|')).isIncomplete, false);
});

test('says of a word what it means, as far as its version has it', async () => {
  assert.match((await item('[Exec]\nCapability=|', 'CAP_CHOWN')).detail ?? '', /owner/u);
  const words = await labels('[Files]\nPrivateUsersOwnership=|', { systemdVersion: 257 });
  assert.equal(words.includes('foreign'), false);
  assert.equal((await labels('[Files]\nPrivateUsersOwnership=|', { systemdVersion: 258 })).includes('foreign'), true);
});

test('offers interfaces, bridges and zones of the host where each can stand', async () => {
  assert.deepEqual(await labels('[Network]\nInterface=|'), ['eth0', 'br0', 'vz-lab']);
  assert.deepEqual(await labels('[Network]\nBridge=|'), ['br0', 'vz-lab']);
  assert.deepEqual(await labels('[Network]\nZone=|'), ['lab']);
  assert.equal(await taken('[Network]\nMACVLAN=eth1 e|\n', 'eth0'), '[Network]\nMACVLAN=eth1 eth0\n');
});

test('offers users, machines and CPUs', async () => {
  assert.deepEqual(await labels('[Files]\nBindUser=|'), ['alice', 'bob']);
  assert.deepEqual(await labels('[Exec]\nUser=|'), ['root', 'www-data']);
  assert.deepEqual(await labels('[Exec]\nHostname=|'), ['web']);
  assert.deepEqual(await labels('[Exec]\nCPUAffinity=|'), ['0-3', '0', '1', '2', '3']);
  assert.equal(await taken('[Exec]\nCPUAffinity=0-|\n', '3'), '[Exec]\nCPUAffinity=0-3\n');
  assert.equal((await labels('[Exec]\nCPUAffinity=0-|')).includes('0-3'), false);
});

test('offers what is in a directory, and replaces one part of a path', async () => {
  assert.deepEqual(await labels('[Files]\nBind=|'), ['/etc', '/srv']);
  assert.equal(await taken('[Files]\nBind=|\n', '/srv'), '[Files]\nBind=/srv\n');
  // A name with a colon would end the path.
  assert.deepEqual(await labels('[Files]\nBind=/srv/|'), ['notes', 'www', '.git']);
  assert.equal(await taken('[Files]\nBind=/s|rv/www:/x\n', 'etc'), '[Files]\nBind=/etc/www:/x\n');
  assert.equal(await taken('[Files]\nBind=/srv/w|w:/x\n', 'www'), '[Files]\nBind=/srv/www:/x\n');
  assert.deepEqual((await item('[Files]\nBind=/srv/|', 'www')).commitCharacters, ['/']);
  assert.equal((await item('[Files]\nBind=/srv/|', 'notes')).commitCharacters, undefined);
  assert.deepEqual(await labels('[Files]\nOverlay=/srv/|'), ['www', '.git']);
});
