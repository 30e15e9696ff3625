import type * as vscode from 'vscode';
import type { Image } from '../../machines/image.ts';
import { nameOf } from '../../machines/reference.ts';
import { byteSize } from '../tree/amountText.ts';
import { imageTypeText } from '../tree/imageRow.ts';
import { plainText } from '../plainText.ts';
import { tellApart } from '../tree/kinds.ts';

const shownAtMost = 10;

/** Names for a dialog, one a line; of many the first ones and how many more there are. */
export const nameList = (names: readonly string[], describe: (place: number) => string = () => ''): string => {
  const lines = names.slice(0, shownAtMost).map((name, place) => {
    const description = describe(place);
    return `• ${plainText(name, 80)}${description === '' ? '' : ` (${description})`}`;
  });
  return [...lines, ...(names.length > shownAtMost ? [`… +${names.length - shownAtMost}`] : [])].join('\n');
};

/** The same for machines and images, told apart where they share a name. */
export const listApart = (services: Parameters<typeof tellApart>[0], ids: readonly string[]): string =>
  nameList(ids.map(nameOf), (place) => tellApart(services, ids[place] ?? '').join(', '));

/** Of those whose kind has snapshots: their names, or undefined where this user may not look. */
export type SnapshotsLost = ReadonlyMap<string, readonly string[] | undefined>;

/**
 * What removing images takes away, and what it leaves because it runs. With an image machined also deletes its `.nspawn` files,
 * those in /etc/systemd/nspawn too: image_remove() in systemd's src/shared/discover-image.c.
 */
export const describeLoss = (
  images: readonly Image[],
  running: readonly string[],
  snapshots: SnapshotsLost,
  l10n: Pick<typeof vscode.l10n, 't'>,
  apart: (id: string) => readonly string[] = () => [],
): string => {
  const snapshotsOf = ({ id }: Image): readonly string[] =>
    snapshots.has(id)
      ? (snapshots.get(id)?.map((one) => plainText(one, 40)) ?? [l10n.t('snapshots that this user may not list')])
      : [];
  const describe = (image: Image | undefined): string =>
    image === undefined
      ? ''
      : [
          ...apart(image.id),
          imageTypeText(image.type, l10n),
          ...(image.usage === undefined ? [] : [byteSize(image.usage)]),
          ...snapshotsOf(image),
        ].join(', ');
  // Several may have the same name.
  const listOf = (some: readonly Image[]): string =>
    nameList(
      some.map(({ name }) => name),
      (place) => describe(some[place]),
    );
  const withSnapshots = images.filter(({ id }) => snapshots.has(id));
  const others = images.filter(({ id }) => !snapshots.has(id));
  const stays =
    running.length === 0 ? [] : [l10n.t('Running, and therefore left alone:\n{0}', nameList(running.map(nameOf)))];
  const ofOthers =
    others.length === 1
      ? l10n.t(
          'machinectl deletes what is in it for good, and its .nspawn file with it; there is no way back:\n{0}',
          listOf(others),
        )
      : l10n.t(
          'machinectl deletes what is in them for good, and their .nspawn files with them; there is no way back:\n{0}',
          listOf(others),
        );
  const ofThoseWithSnapshots =
    withSnapshots.length === 1
      ? l10n.t(
          'Its files, its configuration and its snapshots are deleted for good; there is no way back:\n{0}',
          listOf(withSnapshots),
        )
      : l10n.t(
          'Their files, their configurations and their snapshots are deleted for good; there is no way back:\n{0}',
          listOf(withSnapshots),
        );
  return [
    ...(others.length > 0 ? [ofOthers] : []),
    ...(withSnapshots.length > 0 ? [ofThoseWithSnapshots] : []),
    ...stays,
  ].join('\n\n');
};
