import assert from 'node:assert/strict';
import { test } from 'node:test';
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
