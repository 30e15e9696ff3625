import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultContext } from '../../../../src/language/context.ts';
import type { Context } from '../../../../src/language/context.ts';
import { links } from '../../../../src/language/features/links.ts';
import { opened } from './opened.ts';

const linksIn = (text: string, more: Partial<Context> = {}): readonly string[] => {
  const file = opened(text);
  return links(file, { ...defaultContext, ...more }).map(
    ({ range, target }) => `${file.textDocument.getText(range)} -> ${target ?? ''}`,
  );
};

test('Sources of mounts on the host are links, and destinations in the machine are not', () => {
  assert.deepEqual(linksIn('[Files]\nBind=/srv/a:/mnt:idmap\nBindReadOnly=/etc/hosts\nBind=:/tmp\n'), [
    '/srv/a -> file:///srv/a',
    '/etc/hosts -> file:///etc/hosts',
  ]);
  assert.deepEqual(linksIn('[Files]\nOverlay=/a:/b:/c\nOverlayReadOnly=/d:/e\nOverlay=/f::/g\n'), [
    '/a -> file:///a',
    '/b -> file:///b',
    '/d -> file:///d',
    '/e -> file:///e',
    '/f -> file:///f',
  ]);
});

test('Paths of the image and relative ones are no links', () => {
  assert.deepEqual(linksIn('[Files]\nBind=+/a:/b\nBind=a:/b\nTemporaryFileSystem=/tmp\nInaccessible=/x\n'), []);
  assert.deepEqual(linksIn('[Exec]\nWorkingDirectory=/root\n'), []);
});

test('A namespace is a link from the version on that knows it', () => {
  const text = '[Network]\nNamespacePath=/run/netns/a\n';
  assert.deepEqual(linksIn(text), ['/run/netns/a -> file:///run/netns/a']);
  assert.deepEqual(linksIn(text, { systemdVersion: 258 }), []);
});

test('A link leads to the path without escapes, with what a URI cannot hold encoded', () => {
  assert.deepEqual(linksIn('[Files]\nBind=/a\\:b c#d?é%:/e\n'), ['/a\\:b c#d?é% -> file:///a%3Ab%20c%23d%3F%C3%A9%25']);
});

test('What does not count is no link', () => {
  assert.deepEqual(linksIn('[Exec]\nBind=/a\n'), []);
  assert.deepEqual(linksIn('[Files]\nBind=/a\n', { place: { trust: 'untrusted' } }), []);
});

test('A path over two lines is no link, one beside the line end is', () => {
  assert.deepEqual(linksIn('[Files]\nBind=/a\\\nb:/c\nBind=/d:/e\\\nf\n'), ['/d -> file:///d']);
});
