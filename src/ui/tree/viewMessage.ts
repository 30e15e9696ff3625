import type { Availability } from '../../machines/inventory.ts';
import { isErrorName, plainText } from '../plainText.ts';
import { type L10n, present } from './row.ts';

const whatIsMissing = (availability: Availability, l10n: L10n): string | undefined => {
  switch (availability.kind) {
    case 'ready':
      return undefined;
    case 'unsupportedPlatform':
      return l10n.t('systemd-nspawn runs on Linux only.');
    case 'notBooted':
      return l10n.t('This system was not booted with systemd: images can be run directly, but not managed.');
    case 'notInstalled':
      return l10n.t('systemd-machined is not installed: install the package systemd-container to manage these images.');
    case 'machinedDown':
      return l10n.t(
        'systemd-machined does not start: images can be run directly, but not managed. {0}',
        said(availability),
      );
    case 'busDown':
      return l10n.t(
        'The system bus does not answer. What is shown may be out of date; Refresh asks it again. {0}',
        said(availability),
      );
    case 'noPermission':
      return l10n.t('This user may not ask systemd-machined. {0}', said(availability));
  }
};

const said = ({ detail }: { readonly detail: string }): string => {
  const text = plainText(detail, 160);
  return text === '' ? '' : `(${text})`;
};

/** The name of a D-Bus error tells a person nothing: it stands in the output only. */
const withoutErrorName = (availability: Availability): Availability =>
  'detail' in availability && isErrorName(availability.detail) ? { ...availability, detail: '' } : availability;

/** What a host without systemd-machined is told of its images says nothing to who has none: containers of other kinds do without it. */
const isAboutImages = ({ kind }: Availability): boolean => kind === 'notInstalled' || kind === 'notBooted';

interface Surroundings {
  /** All rows are of kinds whose tools are there. */
  readonly onlyOtherKinds?: boolean;
  /** How many images there are rows for, where there are more. */
  readonly imagesShown?: number | undefined;
  /** The release of systemd where it has the hole, and nobody has put the word away. */
  readonly trustHole?: string | undefined;
}

/**
 * The text above the rows: what is missing although there are rows, and the filter that hides others. (The description of
 * a view is not drawn while the view is the only one of its container.) VS Code shows the welcome content only where there
 * is no row and no such text, so both never say the same thing twice.
 */
export const viewMessage = (
  availability: Availability,
  filter: string,
  hasRows: boolean,
  l10n: L10n,
  { onlyOtherKinds, imagesShown, trustHole }: Surroundings = {},
): string | undefined => {
  if (!hasRows) return undefined;
  const words = plainText(filter, 40);
  const lines = present([
    onlyOtherKinds === true && isAboutImages(availability)
      ? undefined
      : whatIsMissing(withoutErrorName(availability), l10n)?.trim(),
    trustHole === undefined
      ? undefined
      : l10n.t(
          'systemd {0} of this host has CVE-2026-40226: a .nspawn file beside an image can give its machine access to the host. Update systemd, and leave no .nspawn files of strangers beside images. The menu of this view hides this line.',
          plainText(trustHole, 60),
        ),
    imagesShown === undefined
      ? undefined
      : l10n.t('There are more images than can be shown: these are {0} of them.', imagesShown),
    words === '' ? undefined : l10n.t('Only names with "{0}" are shown.', words),
  ]);
  return lines.length === 0 ? undefined : lines.join('\n');
};
