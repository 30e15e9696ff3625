import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MarkupContent } from 'vscode-languageserver-types';
import { hover } from '../../../../src/language/features/hover.ts';
import { machineUsersOf, ownerInside } from '../../../../src/language/nspawn/owners.ts';
import { contextOf, marked } from '../features/marked.ts';

const says = (text: string): string => {
  const { file, position } = marked(text, 'nspawn');
  const contents = hover(file, position, contextOf({}))?.contents;
  return MarkupContent.is(contents) ? contents.value : '';
};

test('who owns a bound file inside hangs on the users of the machine and on the option', () => {
  const users = machineUsersOf('65536:65536');
  const ends = { source: 1000, target: 33 };
  assert.equal(ownerInside('noidmap', users, 1000, ends), 65_534);
  assert.equal(ownerInside('noidmap', users, 66_536, ends), 1000);
  assert.equal(ownerInside('noidmap', users, 131_072, ends), 65_534);
  assert.equal(ownerInside('noidmap', undefined, 1000, ends), 1000);
  assert.equal(ownerInside('idmap', users, 1000, ends), 1000);
  assert.equal(ownerInside('idmap', machineUsersOf('65536:600'), 1000, ends), 65_534);
  assert.equal(ownerInside('rootidmap', users, 1000, ends), 0);
  assert.equal(ownerInside('rootidmap', users, 1001, ends), 65_534);
  assert.equal(ownerInside('owneridmap', users, 1000, ends), 33);
  assert.equal(machineUsersOf('no'), undefined);
  assert.deepEqual(machineUsersOf('1'), machineUsersOf('yes'));
});

test('hovers say so with the numbers of the file', () => {
  const file = (users: string, bind: string): string => `[Exec]\nPrivateUsers=${users}\n[Files]\nBind=${bind}\n`;
  assert.match(
    says(file('65|536:65536', '/srv')),
    /user 1000 of the host belongs to nobody \(65534\) inside.*user 65536 of the host/su,
  );
  assert.match(says(file('500', '/s|rv')), /user 1000 of the host belongs to user 500 inside/u);
  assert.match(says(file('pick', '/s|rv')), /If the users of the machine begin with 524288: A file/u);
  assert.doesNotMatch(says('[Files]\nBind=/s|rv\n'), /belongs/u);
  assert.doesNotMatch(says(file('pick', '+/s|rv:/mnt')), /belongs/u);
  assert.match(
    says(file('pick', '/srv:/srv:id|map')),
    /of user 1000 of the host belongs to user 1000 inside.*root of the host\.$/su,
  );
  assert.match(says(file('pick', '/s|rv:/srv:rootidmap')), /belong to root inside/u);
  assert.match(says(file('pick', '/srv:/srv:owner|idmap')), /files of 1000 belong to 33 inside/u);
  // A line further down counts, one in another section does not.
  assert.match(says('[Files]\nBind=/s|rv\n[Exec]\nPrivateUsers=pick\nPrivateUsers=500\n'), /user 500 inside/u);
  const bound = says('[Exec]\nPrivateUsers=pick\n[Files]\nBindUser=anna be|rt\n');
  assert.match(bound, /`bert` of this host becomes .* is 60515, .*`\/run\/host\/home\/bert`/u);
});
