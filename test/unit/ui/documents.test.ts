import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '../../../src/machines/command.ts';
import './vscode/register.ts';
import { closeDocument, readContent } from './vscode/standIn.ts';

const { Uri, workspace } = await import('vscode');
const { createDocuments } = await import('../../../src/ui/documents.ts');

test('what two compared texts are about is known until they are closed, and not only shown in another language', async () => {
  const documents = createDocuments({ run: () => assert.fail('nothing is asked') });
  const about = Uri.file('/etc/cgconfig.conf');
  await documents.compare('Apply', 'before', 'after', 'cgconfig', about);
  const [left, right] = workspace.textDocuments.map(({ uri }) => uri);
  assert.ok(left !== undefined && right !== undefined);
  for (const uri of [left, right]) assert.equal(documents.aboutWhich(uri), about);
  closeDocument(left, false);
  assert.equal(documents.aboutWhich(left), about);
  assert.equal(await readContent(left), 'before');
  closeDocument(left, true);
  assert.equal(documents.aboutWhich(left), undefined);
  assert.equal(await readContent(left), '');
  assert.equal(documents.aboutWhich(right), about);
  assert.equal(await readContent(right), 'after');
  documents.dispose();
});

test('what two tools say of two things of one name is shown apart, and each is asked anew', async () => {
  const asked: string[] = [];
  const documents = createDocuments({
    run: <Value>({ file, args }: Command<Value>) => {
      asked.push(`${file} ${args.join(' ')}`);
      return Promise.resolve(`${file} has said this ${asked.length}` as Value);
    },
  });
  const saying = (file: string): Command<string> => ({ file, args: ['web'], parse: ({ stdout }) => stdout });
  await documents.show('web: status', saying('machinectl'));
  await documents.show('web: status', saying('lxc-info'));
  const [one, other] = workspace.textDocuments.map(({ uri }) => uri).filter(({ path }) => path === '/web: status');
  assert.ok(one !== undefined && other !== undefined);
  assert.match(String(await readContent(one)), /^machinectl has said this/u);
  assert.match(String(await readContent(other)), /^lxc-info has said this/u);
  assert.deepEqual(new Set(asked), new Set(['machinectl web', 'lxc-info web']));
  documents.dispose();
});
