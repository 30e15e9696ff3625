import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MarkupContent } from 'vscode-languageserver-types';
import type { LanguageId } from '../../../../src/language/fileType.ts';
import { complete } from '../../../../src/language/features/complete.ts';
import { hover } from '../../../../src/language/features/hover.ts';
import { semanticTokens } from '../../../../src/language/features/semanticTokens.ts';
import { noHostObjects } from '../../../../src/language/hostObjects.ts';
import { contextOf, marked } from '../features/marked.ts';
import { opened } from '../features/opened.ts';

const host = {
  ...noHostObjects,
  networkInterfaces: () => Promise.resolve([{ name: 'lxcbr1', kind: 'bridge' as const }]),
  users: () => Promise.resolve(['anna']),
};

const labels = async (languageId: LanguageId, text: string): Promise<readonly string[]> => {
  const { file, position } = marked(text, languageId);
  const { items } = await complete(file, position, contextOf({}), host, { snippets: true });
  return items.map(({ label }) => label);
};

const says = (languageId: LanguageId, text: string): string => {
  const { file, position } = marked(text, languageId);
  const contents = hover(file, position, contextOf({}))?.contents;
  return MarkupContent.is(contents) ? contents.value : '';
};

test('keys, words and bridges are completed', async () => {
  assert.ok((await labels('lxcsystem', '|')).includes('lxc.bdev.zfs.root'));
  assert.deepEqual(await labels('lxcsystem', 'lxc.bdev.lvm.vg = |'), ['lxc']);
  assert.ok((await labels('lxcnet', 'LXC_|')).includes('LXC_DHCP_RANGE'));
  assert.deepEqual(await labels('lxcnet', 'USE_LXC_BRIDGE="|"'), ['true', 'false']);
  assert.ok((await labels('lxcnet', 'LXC_BRIDGE="|"')).includes('lxcbr1'));
  assert.ok((await labels('lxcusernet', 'anna |')).includes('veth'));
  assert.ok((await labels('lxcusernet', 'anna veth |')).includes('lxcbr1'));
});

test('hover says what a key, a name and a field are', () => {
  assert.match(says('lxcsystem', 'lxc.lxc|path = /srv\n'), /directory in which containers are kept/u);
  assert.match(
    says('lxcnet', 'LXC_NET|MASK="255.255.0.0"\n'),
    /dotted form.*Without a line it is `255\.255\.255\.0`/su,
  );
  assert.match(says('lxcusernet', '@we|b veth br0 1\n'), /members of the group `web`/u);
  assert.match(says('lxcusernet', 'anna veth b|r0 1\n'), /bridge `br0` of the host/u);
  assert.match(says('lxcusernet', 'anna veth br0 |1\n'), /add up/u);
});

test('words and what is not read have their colours', () => {
  const count = (languageId: LanguageId, text: string): number =>
    semanticTokens(opened(text, languageId), contextOf({})).data.length / 5;
  assert.equal(count('lxcsystem', 'lxc.lxcpath /a\n'), 1);
  assert.equal(count('lxcusernet', 'anna veth br0 1\n'), 1);
  assert.equal(count('lxcnet', 'USE_LXC_BRIDGE="true"\n'), 1);
});
