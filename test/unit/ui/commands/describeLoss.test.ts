import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Image } from '../../../../src/machines/image.ts';
import { describeLoss, nameList } from '../../../../src/ui/commands/describeLoss.ts';
import { l10n } from '../l10n.ts';

const image = (name: string, usage: number | undefined): Image => ({
  id: name,
  name,
  type: 'raw',
  path: `/var/lib/machines/${name}.raw`,
  readOnly: false,
  usage,
  limit: undefined,
  created: undefined,
  modified: undefined,
  managed: true,
});

test('removing one whose kind has snapshots names them, and no file that only machinectl removes', () => {
  const container: Image = { ...image('old', undefined), id: 'lxc/%2F/old' };
  const all = Array.from({ length: 30 }, (_, index) => `snap${index}`);
  const alone = describeLoss([container], [], new Map([[container.id, ['snap0', 'snap1']]]), l10n);
  assert.match(alone, /^Its files, .* its snapshots .*\n• old \(raw disk image, snap0, snap1\)$/u);
  assert.doesNotMatch(alone, /machinectl/u);
  const both = describeLoss([image('old', undefined), container], [], new Map([[container.id, all]]), l10n);
  assert.match(both, /in it .*\n• old \(raw disk image\)\n\nIts files, /u);
  for (const one of all) assert.match(both, new RegExp(`\\b${one}\\b`, 'u'));
  const closed = describeLoss([container], [], new Map([[container.id, undefined]]), l10n);
  assert.match(closed, /snapshots that this user may not list\)$/u);
});

test('removing two of one name tells what is lost of each', () => {
  const ids = ['lxc/%2Fa/old', 'lxc/%2Fb/old'];
  const text = describeLoss(
    ids.map((id) => ({ ...image('old', undefined), id })),
    [],
    new Map(ids.map((id, place) => [id, [`snap${place}`]])),
    l10n,
    (id) => [id.slice(4, 8)],
  );
  assert.match(text, /\n• old \(%2Fa, raw disk image, snap0\)\n• old \(%2Fb, raw disk image, snap1\)$/u);
});

test('removing names every image with its size, and what is left alone because it runs', () => {
  const text = describeLoss([image('old', 3_221_225_472), image('tiny', undefined)], ['web'], new Map(), l10n);
  assert.match(text, /for good/u);
  assert.match(
    text,
    /in them .* their \.nspawn files with them/u,
    'machined deletes these too, in /etc/systemd/nspawn as well',
  );
  assert.match(describeLoss([image('old', undefined)], [], new Map(), l10n), /in it .* its \.nspawn file with it/u);
  assert.match(text, /• old \(raw disk image, 3\.0 GiB\)\n• tiny \(raw disk image\)/u);
  assert.match(text, /Running, and therefore left alone:\n• web$/u);
});

test('a long list ends in how many more there are', () => {
  const lines = nameList(Array.from({ length: 25 }, (_, index) => `m${index}`)).split('\n');
  assert.equal(lines.length, 11);
  assert.equal(lines.at(-1), '… +15');
});

test('a name cannot add lines to a question', () => {
  assert.equal(nameList(['a\n• b']), '• a • b');
});
