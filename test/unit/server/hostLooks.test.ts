import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { HostLook } from '../../../src/hostFacts/namedOnHost.ts';
import { defaultContext } from '../../../src/language/context.ts';
import type { SourceFile } from '../../../src/language/fileType.ts';
import { openFile } from '../../../src/language/languageService.ts';
import type { NamedOnHost } from '../../../src/language/namedOnHost.ts';
import { createHostLooks } from '../../../src/server/hostLooks.ts';
import type { Situation } from '../../../src/server/situations.ts';

const uri = 'file:///etc/systemd/nspawn/web.nspawn';
const situation: Situation = {
  context: { ...defaultContext, place: { trust: 'trusted' } },
  target: { version: 257, from: 'newest' },
  lint: true,
  ofThisHost: true,
  followsIncludes: false,
  imageDirectories: [],
};
const fileOf = (text: string): SourceFile => {
  const file = openFile(TextDocument.create(uri, 'nspawn', 0, text), 'nspawn');
  assert.ok(file !== undefined);
  return file;
};
const bind = (path: string): SourceFile => fileOf(`[Files]\nBind=${path}\n`);

/** A host whose files come and go, asked by looks that end when they are told to. */
const rig = () => {
  const there = new Set<string>();
  const asked: HostLook[] = [];
  const ends: (() => void)[] = [];
  const judged: string[] = [];
  const looks = createHostLooks(
    (look) => {
      asked.push(look);
      return new Promise((resolve) => {
        ends.push(() => {
          const paths = new Map<string, 'directory' | 'absent'>();
          for (const path of look.names.paths) paths.set(path, there.has(path) ? 'directory' : 'absent');
          const answer: NamedOnHost = { paths, users: new Map(), runs: false };
          resolve(answer);
        });
      });
    },
    (one) => judged.push(one),
  );
  const end = async (): Promise<void> => {
    ends.shift()?.();
    await turn();
  };
  const pathsOf = (file: SourceFile, of = situation): Readonly<Record<string, string>> =>
    Object.fromEntries(looks.together(uri, file, of).context.named?.paths ?? []);
  return { there, asked, judged, looks, end, pathsOf };
};

test('a file is judged without the host until somebody has looked, and then once more', async () => {
  const { asked, judged, end, pathsOf, looks } = rig();
  const file = bind('/srv');
  assert.deepEqual(pathsOf(file), {});
  assert.deepEqual(pathsOf(file), {});
  assert.equal(asked.length, 1);
  assert.equal(asked[0]?.machine, 'web');
  await end();
  assert.deepEqual(judged, [uri]);
  assert.deepEqual(pathsOf(file), { '/srv': 'absent' });
  // The same situation again, so that the same findings count.
  assert.equal(looks.together(uri, file, situation), looks.together(uri, file, situation));
  assert.equal(asked.length, 1);
});

test('an edit that names the same asks nothing, and one that names something else does', async () => {
  const { asked, end, pathsOf } = rig();
  pathsOf(bind('/srv'));
  await end();
  pathsOf(fileOf('# more\n[Files]\nBind=/srv\n'));
  assert.equal(asked.length, 1);
  assert.deepEqual(pathsOf(bind('/opt')), { '/srv': 'absent' });
  assert.equal(asked.length, 2);
  await end();
  assert.deepEqual(pathsOf(bind('/opt')), { '/opt': 'absent' });
});

test('what comes on the host is seen when somebody comes back, and no finding stays for ever', async () => {
  const { there, judged, looks, end, pathsOf, asked } = rig();
  const file = bind('/srv');
  pathsOf(file);
  await end();
  there.add('/srv');
  assert.deepEqual(pathsOf(file), { '/srv': 'absent' });
  looks.again([uri, 'file:///not/open.nspawn']);
  // Asked while it is asked already, it is asked once more at the end.
  looks.again([uri]);
  assert.equal(asked.length, 2);
  await end();
  assert.equal(asked.length, 3);
  await end();
  assert.deepEqual(judged, [uri, uri]);
  assert.deepEqual(pathsOf(file), { '/srv': 'directory' });
});

test('nothing is asked for a file that is for no host or names nothing, and an answer for a closed one is dropped', async () => {
  const { asked, judged, looks, end, pathsOf } = rig();
  pathsOf(bind('/srv'), { ...situation, ofThisHost: false });
  pathsOf(fileOf('[Exec]\nBoot=yes\n'));
  assert.equal(asked.length, 0);
  pathsOf(bind('/srv'));
  looks.forget(uri);
  await end();
  assert.deepEqual(judged, []);
});
