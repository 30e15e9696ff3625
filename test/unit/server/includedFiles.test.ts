import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../../src/language/context.ts';
import type { FileType, SourceFile } from '../../../src/language/fileType.ts';
import type { Included } from '../../../src/language/includes.ts';
import { openFile } from '../../../src/language/languageService.ts';
import { createIncludedFiles } from '../../../src/server/includedFiles.ts';
import type { Situation } from '../../../src/server/situations.ts';

const uri = 'file:///var/lib/lxc/web/config';
const situation: Situation = {
  context: defaultContext,
  target: { version: 257, from: 'newest' },
  lint: true,
  ofThisHost: true,
  followsIncludes: true,
  imageDirectories: [],
};
const opened = (path: string, text: string, version = 1): TextDocument =>
  TextDocument.create(`file://${path}`, 'plaintext', version, text);
const fileOf = (text: string): SourceFile => {
  const file = openFile(TextDocument.create(uri, 'lxc', 0, text), 'lxc');
  assert.ok(file !== undefined);
  return file;
};
const onDisk = (path: string, text: string | undefined, type: FileType): Included =>
  text === undefined
    ? { kind: 'absent' }
    : { kind: 'file', file: { type, textDocument: opened(path, text), document: type.parse(text) } };

/** A disk whose files come and go, and an editor. */
const rig = () => {
  const disk = new Map<string, string>();
  const editor: TextDocument[] = [];
  const asked: string[] = [];
  const judged: string[] = [];
  const included = createIncludedFiles(
    { all: () => editor } as unknown as Parameters<typeof createIncludedFiles>[0],
    (paths, type) => {
      asked.push(...paths);
      return Promise.resolve(new Map(paths.map((path) => [path, onDisk(path, disk.get(path), type)])));
    },
    (one) => judged.push(one),
  );
  const seen = (file: SourceFile, of = situation): Readonly<Record<string, string>> =>
    Object.fromEntries(
      [...(included.together(uri, file, of).context.includes?.at ?? [])].map(([path, one]) => [
        path,
        one.kind === 'file' ? one.file.textDocument.getText() : one.kind,
      ]),
    );
  return { disk, editor, asked, judged, included, seen };
};

test('a file is judged without what it includes until that is read, and then once more', async () => {
  const { disk, asked, judged, included, seen } = rig();
  const file = fileOf('lxc.include = /a\nlxc.include = /b\n');
  disk.set('/a', 'lxc.include = /c\n');
  assert.deepEqual(seen(file), {});
  assert.deepEqual(seen(file), {});
  assert.deepEqual(asked, ['/a', '/b'], 'once');
  await turn();
  assert.deepEqual(judged, [uri]);
  assert.deepEqual(seen(file), { '/a': 'lxc.include = /c\n', '/b': 'absent' });
  await turn();
  assert.deepEqual([asked.length, judged.length], [3, 2]);
  assert.deepEqual(Object.keys(seen(file)), ['/a', '/b', '/c']);
  assert.equal(included.together(uri, file, situation), included.together(uri, file, situation), 'nothing has changed');
});

test('what is open counts as it stands in the editor, and its change is one of what includes it', async () => {
  const { disk, editor, asked, included, seen } = rig();
  disk.set('/./a', 'on the disk');
  editor.push(opened('/a', 'in the editor'));
  const file = fileOf('lxc.include = /./a\n');
  assert.deepEqual(seen(file), { '/./a': 'in the editor' });
  assert.deepEqual(asked, []);
  assert.deepEqual(included.including('file:///a'), [uri]);
  assert.deepEqual(included.including('file:///b'), []);
  editor.splice(0, 1, opened('/a', 'changed', 2));
  assert.deepEqual(seen(file), { '/./a': 'changed' });
  editor.splice(0, 1);
  seen(file);
  await turn();
  assert.deepEqual(seen(file), { '/./a': 'on the disk' });
  included.forget(uri);
  assert.deepEqual(included.including('file:///a'), []);
});

test('what has changed on the disk is seen when somebody comes back', async () => {
  const { disk, judged, included, seen } = rig();
  const file = fileOf('lxc.include = /a\n');
  seen(file);
  await turn();
  assert.deepEqual(seen(file), { '/a': 'absent' });
  const before = included.together(uri, file, situation);
  included.again();
  await turn();
  assert.deepEqual([judged.length, included.together(uri, file, situation)], [1, before], 'the same as before');
  disk.set('/a', 'there now');
  included.again();
  await turn();
  assert.equal(judged.length, 2);
  assert.deepEqual(seen(file), { '/a': 'there now' });
});

test('the directories of what is included are named, of a directory itself, too', async () => {
  const { disk, included, seen } = rig();
  const file = fileOf('lxc.include = /etc/lxc/a.conf\nlxc.include = /srv/parts/\n');
  disk.set('/etc/lxc/a.conf', 'lxc.include = /etc/./other/b.conf\n');
  seen(file);
  assert.deepEqual(included.directories(), ['/etc/lxc', '/srv', '/srv/parts']);
  await turn();
  seen(file);
  assert.deepEqual(included.directories(), ['/etc/lxc', '/srv', '/srv/parts', '/etc/other']);
  included.forget(uri);
  assert.deepEqual(included.directories(), []);
});

test('nothing is read for a file that is for no host', async () => {
  const { asked, included } = rig();
  const file = fileOf('lxc.include = /a\n');
  const { context } = included.together(uri, file, { ...situation, followsIncludes: false });
  await turn();
  assert.deepEqual([asked, context.includes?.from, context.includes?.at.size], [[], '/var/lib/lxc/web/config', 0]);
});
