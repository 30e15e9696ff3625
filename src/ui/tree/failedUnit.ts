import { type Backends, backendOf } from '../../machines/backend.ts';
import type { Inventory } from '../../machines/inventory.ts';
import type { Image } from '../../machines/image.ts';
import type { FailedUnit } from '../../machines/machine.ts';
import { readRef } from '../../machines/reference.ts';
import { plainText } from '../plainText.ts';
import type { L10n } from './row.ts';
import type { RunningImages } from './runningImages.ts';
import { momentText } from './amountText.ts';

/** The failed unit that was to run an image: one that names its path, else that of `machinectl start`, which goes by the name. */
export const failureOfImage = (failed: ReadonlyMap<string, FailedUnit>, image: Image): FailedUnit | undefined => {
  const byPath = [...failed.values()].find(({ image: path }) => path === image.path);
  const byName = failed.get(image.id);
  return byPath ?? (byName?.image === undefined && image.managed ? byName : undefined);
};

/** The unit that starting the machine of an image starts. */
export const startUnitOf = (backends: Backends, id: string): string | undefined =>
  backendOf(backends, id)?.unitOf?.(readRef(id));

interface KnownUnits {
  readonly inventory: Pick<Inventory, 'machines' | 'images' | 'failed'>;
  readonly backends: Backends;
}

/** The unit that a row is about: of the machine that runs, of the service of its own that has failed, else that of starting it. */
export const unitOfRow = (
  { inventory, backends }: KnownUnits,
  id: string,
  machine: string | undefined,
): string | undefined => {
  const image = inventory.images.get(id);
  const running = machine === undefined ? undefined : inventory.machines.get(machine)?.unit;
  const failed = (image === undefined ? inventory.failed.get(id) : failureOfImage(inventory.failed, image))?.unit;
  return running ?? failed ?? startUnitOf(backends, id);
};

/** That it has failed, and in which way, for a row. */
export const failureWords = ({ result, exitCode, signal }: FailedUnit, l10n: L10n): string => {
  switch (result) {
    case 'exit-code':
      return exitCode === undefined ? l10n.t('failed') : l10n.t('failed with exit code {0}', exitCode);
    case 'signal':
      return signal === undefined ? l10n.t('failed') : l10n.t('failed, ended by {0}', signal);
    case 'core-dump':
      return l10n.t('failed, crashed');
    case 'timeout':
      return l10n.t('failed, took too long');
    case 'oom-kill':
      return l10n.t('failed, out of memory');
    case 'watchdog':
      return l10n.t('failed, no longer answered');
    case 'start-limit-hit':
      return l10n.t('failed, started too often');
    case 'protocol':
      return l10n.t('failed before it was ready');
    default:
      return l10n.t('failed ({0})', plainText(result, 30));
  }
};

/** The same and since when, for a line of its own. */
export const failureText = (failure: FailedUnit, language: string, l10n: L10n): string => {
  const words = failureWords(failure, l10n);
  return failure.since === undefined ? words : `${words} · ${momentText(failure.since, language)}`;
};

/** What a tooltip says of it: the unit, since when, and where the reason stands. */
export const failureLines = (
  { unit, since }: FailedUnit,
  startUnit: string | undefined,
  language: string,
  l10n: L10n,
): readonly string[] => {
  const shown = plainText(unit, 120);
  return [
    since === undefined
      ? l10n.t('{0} has failed.', shown)
      : l10n.t('{0} failed on {1}.', shown, momentText(since, language)),
    l10n.t('Follow Journal shows what it said last.'),
    // Start starts this unit, and no other.
    ...(unit !== startUnit ? [] : [l10n.t('Start tries it again.')]),
  ];
};

/** What the tree knows the machines, the images and the failed units by. */
interface FailedSource {
  readonly machines: () => ReadonlyMap<string, unknown>;
  readonly images: () => ReadonlyMap<string, Image>;
  readonly failed: () => ReadonlyMap<string, FailedUnit>;
}

/** Whether a machine that does not run has failed, and no image tells that on its row. */
export const hasFailedAlone = (
  { machines, images, failed }: FailedSource,
  { imagesMeant }: Pick<RunningImages, 'imagesMeant'>,
  id: string,
): boolean => {
  const failure = failed().get(id);
  if (failure === undefined || machines().has(id)) return false;
  return !imagesMeant(id, failure.image).some((one) => {
    const image = images().get(one);
    return image !== undefined && failureOfImage(failed(), image) === failure;
  });
};
