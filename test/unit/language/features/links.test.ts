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

test('A link leads to the path without the escapes of the text, and two slashes are one', () => {
  assert.deepEqual(linksIn('[Files]\nBind=/a\\:b,c=d@e+f-g_h.i:/j\nBind=//srv///data:/mnt\n'), [
    '/a\\:b,c=d@e+f-g_h.i -> file:///a%3Ab%2Cc%3Dd%40e%2Bf-g_h.i',
    '//srv///data -> file:///srv/data',
  ]);
});

test('No path becomes a link that has a character with a meaning in a hover, a URI or the eye', () => {
  const hostile = Array.from(']()[\\<>`$*~#?%&;!{}|^\'" \t\u0007\u007f\u00a0\u202e\u200bé文\ud800');
  for (const character of hostile) {
    const path = `/srv/a${character}b`;
    const files = [
      opened(`mount {\n\tmemory = "${path}";\n\tcpu = "/srv/ab";\n}\n`, 'cgconfig'),
      opened(`[Files]\nBind=${path}:/mnt\nBind=/srv/ab\n`),
    ];
    for (const file of files) {
      const targets = links(file, defaultContext).map(({ target }) => target ?? '');
      // What ends the word leaves a shorter path, which is plain.
      for (const target of targets) assert.match(target, /^file:\/\/\/[\w/.%-]*$/u, JSON.stringify(path));
      if (character !== '\ud800') assert.ok(!targets.some((target) => target.includes(encodeURIComponent(character))));
    }
  }
});

test('A path cannot break out of the hover of its link', () => {
  const attacks = [
    'mount {\n\tmemory = "/srv/data\\\\](command:rig.trap) [cgroup";\n}\n',
    'mount {\n\tmemory = "/srv/data\\](command:rig.trap) [cgroup";\n}\n',
    'mount {\n\tmemory = "/srv/data\\) [x](command:rig.trap";\n}\n',
  ];
  for (const text of attacks) assert.deepEqual(links(opened(text, 'cgconfig'), defaultContext), []);
  assert.deepEqual(linksIn('[Files]\nBind=/srv/data\\\\\\\\](command\\:rig.trap)\n'), []);
});

test('The tooltip of a link says nothing of the text', () => {
  const tooltips = links(opened('[Files]\nBind=/srv/a\nBind=/srv/b\n'), defaultContext).map(({ tooltip }) => tooltip);
  assert.deepEqual(tooltips, ['Open this path of the host', 'Open this path of the host']);
});

test('What does not count is no link', () => {
  assert.deepEqual(linksIn('[Exec]\nBind=/a\n'), []);
  assert.deepEqual(linksIn('[Files]\nBind=/a\n', { place: { trust: 'untrusted' } }), []);
});

test('A path over two lines is no link, one beside the line end is', () => {
  assert.deepEqual(linksIn('[Files]\nBind=/a\\\nb:/c\nBind=/d:/e\\\nf\n'), ['/d -> file:///d']);
});
