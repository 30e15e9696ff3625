import type * as vscode from 'vscode';
import type { Image } from '../../machines/image.ts';
import { byteSize } from '../tree/byteSize.ts';
import { imageTypeText } from '../tree/imageRow.ts';
import { nameList } from './nameList.ts';

/**
 * What removing images takes away, and what it leaves because it runs. With an image machined also deletes its `.nspawn` files,
 * those in /etc/systemd/nspawn too: image_remove() in systemd's src/shared/discover-image.c.
 */
export const describeLoss = (
  images: readonly Image[],
  running: readonly string[],
  l10n: Pick<typeof vscode.l10n, 't'>,
): string => {
  const describe = (name: string): string => {
    const image = images.find((one) => one.name === name);
    if (image === undefined) return '';
    return [imageTypeText(image.type, l10n), ...(image.usage === undefined ? [] : [byteSize(image.usage)])].join(', ');
  };
  const lost = nameList(
    images.map((image) => image.name),
    describe,
  );
  const stays = running.length === 0 ? [] : [l10n.t('Running, and therefore left alone:\n{0}', nameList(running))];
  return [
    l10n.t('machinectl deletes what is in it for good, and its .nspawn file with it; there is no way back:\n{0}', lost),
    ...stays,
  ].join('\n\n');
};
