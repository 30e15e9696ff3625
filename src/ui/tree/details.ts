import type { Image, OwnFiles } from '../../machines/image.ts';
import type { FailedUnit, Machine, MachineDetails } from '../../machines/machine.ts';
import type { Detail } from './detailRow.ts';
import { failureText } from './failedUnit.ts';
import type { DetailKind } from './node.ts';
import { withheldWords } from './machineRow.ts';
import { labelled, type L10n } from './row.ts';
import { byteSize, momentText } from './amountText.ts';

/** The `.nspawn` file in effect, as it is told in one line; undefined where there is none. */
export interface NspawnFileSummary {
  readonly path: string;
  /** False for one beside an image: systemd ignores its privileged settings. */
  readonly trusted: boolean;
  /** What it sets, such as `Boot=no`. */
  readonly summary: readonly string[];
}

const detail = (kind: DetailKind, value: string | number | undefined, index = 0): readonly Detail[] =>
  value === undefined ? [] : [{ kind, index, value: String(value) }];

const nspawnFileText = (file: NspawnFileSummary | undefined, l10n: L10n): string =>
  file === undefined
    ? l10n.t('none, click to create one')
    : [...file.summary, ...(file.trusted ? [] : [l10n.t('not trusted')]), file.path].join(' · ');

/** The link that has the machine of an image started at boot, as a line of a tooltip. */
export const bootLinkLine = (link: string | undefined, l10n: L10n): string | undefined =>
  labelled(l10n.t('Link'), link);

/** Whether the machine of an image starts at boot. */
export const bootDetail = (
  { enabled, link }: { readonly enabled: boolean; readonly link: string | undefined },
  l10n: L10n,
): readonly Detail[] => {
  return enabled
    ? detail('boot', l10n.t('starts when this system boots')).map((one) => ({
        ...one,
        more: bootLinkLine(link, l10n),
      }))
    : detail('boot', l10n.t('does not start when this system boots'));
};

export const machineDetails = (
  machine: Machine,
  details: MachineDetails | undefined,
  file: NspawnFileSummary | undefined,
  l10n: L10n,
): readonly Detail[] => [
  ...(details?.addresses ?? []).flatMap((address, index) => detail('address', address, index)),
  ...(details?.withheld === true
    ? detail('withheld', l10n.t('administrators only, click to read it')).map((one) => ({
        ...one,
        more: withheldWords(l10n),
      }))
    : []),
  ...detail('unit', machine.unit),
  ...detail('leader', machine.leader),
  ...detail('cgroup', machine.group),
  ...detail('rootDirectory', machine.rootDirectory),
  ...detail('nspawnFile', nspawnFileText(file, l10n)),
  ...detail('journal', machine.unit ?? ''),
];

/** What its files say, those that it has. */
export const fileDetails = (files: OwnFiles | undefined, l10n: L10n): readonly Detail[] => {
  if (files === undefined) return [];
  const { groups = [], backing, snapshots = [], unprivileged, configuration, log } = files;
  return [
    ...detail('groups', groups.length === 0 ? undefined : groups.join(', ')),
    ...detail('backing', backing),
    ...detail('snapshots', snapshots.length === 0 ? undefined : `${snapshots.length} (${snapshots.join(', ')})`),
    ...detail('unprivileged', unprivileged === true ? l10n.t('unprivileged') : undefined),
    ...detail('configuration', configuration),
    ...detail('log', log),
  ];
};

/** Those of an image that its machine does not have as well. */
const ownDetails = (image: Image, language: string): readonly Detail[] => [
  ...detail('limit', image.limit === undefined ? undefined : byteSize(image.limit)),
  ...detail('created', image.created === undefined ? undefined : momentText(image.created, language)),
  ...detail('modified', image.modified === undefined ? undefined : momentText(image.modified, language)),
];

export const imageDetails = (
  image: Image,
  file: NspawnFileSummary | undefined,
  { boot, failed }: { readonly boot: readonly Detail[]; readonly failed: FailedUnit | undefined },
  language: string,
  l10n: L10n,
): readonly Detail[] => [
  ...detail('failure', failed === undefined ? undefined : failureText(failed, language, l10n)),
  ...detail('path', image.path),
  ...ownDetails(image, language),
  ...boot,
  ...detail('nspawnFile', nspawnFileText(file, l10n)),
];

/** What stands below the one row of an image that runs: its machine first, then what of the image that does not say. */
export const runningImageDetails = (
  machine: readonly Detail[],
  image: Image,
  rootDirectory: string | undefined,
  boot: readonly Detail[],
  language: string,
): readonly Detail[] => [
  ...machine,
  ...(rootDirectory === image.path ? [] : detail('path', image.path)),
  ...ownDetails(image, language),
  ...boot,
];
