import { basename, dirname } from 'node:path';
import { type Image, type ImageType, isHidden } from '../../machines/image.ts';
import type { FailedUnit, OsRelease } from '../../machines/machine.ts';
import { plainText } from '../plainText.ts';
import type { Ability } from './abilities.ts';
import { byteSize, momentText } from './amountText.ts';
import { contextValue, type ViewItemFlag } from './contextValue.ts';
import { bootLinkLine } from './details.ts';
import { failureLines, failureWords } from './failedUnit.ts';
import { type MachineFacts, machineFlags, machineRow, machineTooltip } from './machineRow.ts';
import { longOsText } from './osText.ts';
import { type L10n, labelled, present, type Row } from './row.ts';
import { visibleName } from './visibleName.ts';

/** What is known of an image when its row is drawn. */
export interface ImageFacts {
  readonly image: Image;
  /** The machine that runs from it: then the row shows what is known of that. */
  readonly machine: MachineFacts | undefined;
  readonly busy: string | undefined;
  readonly failed: string | undefined;
  /** How the unit of its machine has failed, whoever started it. */
  readonly failedUnit?: FailedUnit | undefined;
  /** What the kinds of what stands on the row can do. */
  readonly abilities?: readonly Ability[];
  /** Whether its machine starts at boot. */
  readonly enabled: boolean;
  /** What has it started then. */
  readonly bootLink?: string | undefined;
  /** The unit that starting its machine starts. */
  readonly startUnit?: string | undefined;
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

const iconOf = ({ image, busy, failed, failedUnit }: ImageFacts): Row['icon'] => {
  if (busy !== undefined) return { id: 'loading~spin', color: undefined };
  if (failed !== undefined || failedUnit !== undefined) return { id: 'error', color: 'testing.iconFailed' };
  return { id: isFile(image.type) ? 'database' : 'package', color: 'disabledForeground' };
};

const flagsOf = ({
  image,
  machine,
  busy,
  failedUnit,
  enabled,
  abilities,
}: ImageFacts): readonly ViewItemFlag<'image'>[] => [
  ...(machine === undefined ? [] : machineFlags(machine)),
  ...(busy === undefined ? [] : (['busy'] as const)),
  ...(image.readOnly ? (['readonly'] as const) : []),
  ...(image.managed ? (['managed'] as const) : []),
  isFile(image.type) ? 'file' : 'tree',
  ...(isHidden(image) ? (['hidden'] as const) : []),
  ...(enabled ? (['enabled'] as const) : []),
  ...(machine === undefined && failedUnit !== undefined ? (['failed'] as const) : []),
  ...(abilities ?? []),
];

/** What is being done to an image that does not run, or has failed: what we know of our own action first. */
const stateWords = ({ busy, failed, failedUnit }: ImageFacts, l10n: L10n): string | undefined =>
  busy ?? failed ?? (failedUnit === undefined ? undefined : failureWords(failedUnit, l10n));

/** One row for each image, whether it runs or not, so that nothing moves when it starts or stops. */
export const imageRow = (facts: ImageFacts, l10n: L10n): Row => {
  const { image, machine } = facts;
  const value = contextValue('image', flagsOf(facts));
  if (machine !== undefined) {
    const row = machineRow(machine, l10n, image.name);
    const boot = facts.enabled ? [l10n.t('starts at boot')] : [];
    return {
      ...row,
      description: present([row.description, ...boot]).join(' · '),
      accessible: [row.accessible, ...boot].join(', '),
      contextValue: value,
    };
  }
  // An image whose name is taken by another one goes by its path, which its description says anyway.
  const name = visibleName(basename(image.name));
  const parts = present([
    stateWords(facts, l10n),
    imageTypeText(image.type, l10n),
    // Before what is cut off first where the view is narrow.
    facts.enabled ? l10n.t('starts at boot') : undefined,
    image.usage === undefined ? undefined : byteSize(image.usage),
    image.readOnly ? l10n.t('read-only') : undefined,
    // Where it lies tells apart what machinectl does not know.
    image.managed ? undefined : plainText(dirname(image.path), 60),
  ]);
  return {
    label: name,
    description: parts.join(' · '),
    icon: iconOf(facts),
    accessible: [l10n.t('image {0}', name), l10n.t('not running'), ...parts].join(', '),
    contextValue: value,
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
  const { image, machine } = facts;
  const head =
    machine === undefined
      ? [
          visibleName(image.name, 200),
          stateWords(facts, l10n) ?? l10n.t('not running'),
          ...(facts.failedUnit === undefined ? [] : failureLines(facts.failedUnit, facts.startUnit, language, l10n)),
          labelled(l10n.t('Operating system'), os === undefined ? undefined : longOsText(os)),
        ]
      : [
          ...(machine.machine.name === image.name ? [] : [visibleName(image.name, 200)]),
          machineTooltip(machine, language, l10n),
        ];
  return present([
    ...head,
    labelled(l10n.t('Type'), imageTypeText(image.type, l10n)),
    image.readOnly ? l10n.t('read-only') : undefined,
    ...(facts.enabled ? [l10n.t('starts at boot'), bootLinkLine(facts.bootLink, l10n)] : []),
    labelled(l10n.t('Size'), image.usage === undefined ? undefined : byteSize(image.usage)),
    labelled(l10n.t('Limit'), image.limit === undefined ? undefined : byteSize(image.limit)),
    labelled(l10n.t('Created'), image.created === undefined ? undefined : momentText(image.created, language)),
    labelled(l10n.t('Modified'), image.modified === undefined ? undefined : momentText(image.modified, language)),
    labelled(l10n.t('Path'), image.path),
    image.managed ? undefined : l10n.t('Not known to machinectl: it is run directly with systemd-nspawn.'),
  ]).join('\n');
};
