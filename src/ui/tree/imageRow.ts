import { basename, dirname } from 'node:path';
import { type Image, type ImageType, isHidden } from '../../machines/image.ts';
import type { OsRelease } from '../../machines/machine.ts';
import { plainText } from '../plainText.ts';
import { byteSize } from './byteSize.ts';
import { contextValue, type ViewItemFlag } from './contextValue.ts';
import { longOsText } from './osText.ts';
import type { L10n, Row } from './row.ts';
import { momentText } from './timeText.ts';
import { labelled, present } from './tooltipLines.ts';
import { visibleName } from './visibleName.ts';

/** What is known of an image when its row is drawn. */
export interface ImageFacts {
  readonly image: Image;
  /** The machine that runs from it. */
  readonly machine: string | undefined;
  readonly busy: string | undefined;
  readonly failed: string | undefined;
}

export const imageTypeText = (type: ImageType, l10n: L10n): string => {
  switch (type) {
    case 'directory':
      return l10n.t('directory');
    case 'subvolume':
      return l10n.t('subvolume');
    case 'raw':
      return l10n.t('raw disk image');
    case 'block':
      return l10n.t('block device');
    case 'unknown':
      return l10n.t('unknown type');
  }
};

const isFile = (type: ImageType): boolean => type === 'raw' || type === 'block';

const iconOf = ({ image, machine, busy, failed }: ImageFacts): Row['icon'] => {
  if (busy !== undefined) return { id: 'loading~spin', color: undefined };
  if (failed !== undefined) return { id: 'error', color: 'testing.iconFailed' };
  const id = isFile(image.type) ? 'database' : 'package';
  return { id, color: machine === undefined ? 'disabledForeground' : 'testing.iconPassed' };
};

const runningWords = ({ image, machine }: ImageFacts, l10n: L10n): string | undefined => {
  if (machine === undefined) return undefined;
  return machine === image.name ? l10n.t('running') : l10n.t('running as {0}', visibleName(machine));
};

const flagsOf = ({ image, machine, busy }: ImageFacts): readonly ViewItemFlag<'image'>[] => [
  ...(machine === undefined ? [] : (['running'] as const)),
  ...(busy === undefined ? [] : (['busy'] as const)),
  ...(image.readOnly ? (['readonly'] as const) : []),
  ...(image.managed ? (['managed'] as const) : []),
  isFile(image.type) ? 'file' : 'tree',
  ...(isHidden(image) ? (['hidden'] as const) : []),
];

export const imageRow = (facts: ImageFacts, l10n: L10n): Row => {
  const { image } = facts;
  // An image whose name is taken by another one goes by its path, which its description says anyway.
  const name = visibleName(basename(image.name));
  const parts = present([
    facts.busy ?? facts.failed ?? runningWords(facts, l10n),
    imageTypeText(image.type, l10n),
    image.usage === undefined ? undefined : byteSize(image.usage),
    image.readOnly ? l10n.t('read-only') : undefined,
    // Where it lies tells apart what machinectl does not know.
    image.managed ? undefined : plainText(dirname(image.path), 60),
  ]);
  return {
    label: name,
    description: parts.join(' · '),
    icon: iconOf(facts),
    accessible: [
      l10n.t('image {0}', name),
      ...(facts.machine === undefined ? [l10n.t('not running')] : []),
      ...parts,
    ].join(', '),
    contextValue: contextValue('image', flagsOf(facts)),
    collapsible: 'collapsed',
    command: undefined,
    tooltip: undefined,
  };
};

/**
 * Everything known of an image, as plain lines.
 * @param os asked for this only: it may cost the host the opening of a disk image
 */
export const imageTooltip = (facts: ImageFacts, os: OsRelease | undefined, language: string, l10n: L10n): string => {
  const { image } = facts;
  return present([
    visibleName(image.name, 200),
    facts.busy ?? facts.failed ?? runningWords(facts, l10n) ?? l10n.t('not running'),
    labelled(l10n.t('Operating system'), os === undefined ? undefined : longOsText(os)),
    labelled(l10n.t('Type'), imageTypeText(image.type, l10n)),
    image.readOnly ? l10n.t('read-only') : undefined,
    labelled(l10n.t('Size'), image.usage === undefined ? undefined : byteSize(image.usage)),
    labelled(l10n.t('Limit'), image.limit === undefined ? undefined : byteSize(image.limit)),
    labelled(l10n.t('Created'), image.created === undefined ? undefined : momentText(image.created, language)),
    labelled(l10n.t('Modified'), image.modified === undefined ? undefined : momentText(image.modified, language)),
    labelled(l10n.t('Path'), image.path),
    image.managed ? undefined : l10n.t('Not known to machinectl: it is run directly with systemd-nspawn.'),
  ]).join('\n');
};
