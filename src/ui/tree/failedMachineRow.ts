import type { FailedUnit } from '../../machines/machine.ts';
import { nameOf } from '../../machines/reference.ts';
import type { Ability } from './abilities.ts';
import { contextValue } from './contextValue.ts';
import type { Detail } from './detailRow.ts';
import { failureLines, failureText, failureWords } from './failedUnit.ts';
import type { L10n, Row } from './row.ts';
import { visibleName } from './visibleName.ts';

/** What is known of a machine that has failed and has no image, so that it has a row of its own. */
export interface FailedMachineFacts {
  readonly failure: FailedUnit;
  /** What is being done to it. */
  readonly busy: string | undefined;
  /** What its kind can do about it. */
  readonly abilities?: readonly Ability[];
}

export const failedMachineRow = ({ failure, busy, abilities = [] }: FailedMachineFacts, l10n: L10n): Row => {
  const name = visibleName(nameOf(failure.machine));
  const parts = [busy ?? failureWords(failure, l10n), l10n.t('no image')];
  return {
    label: name,
    description: parts.join(' · '),
    icon: busy === undefined ? { id: 'error', color: 'testing.iconFailed' } : { id: 'loading~spin', color: undefined },
    accessible: [l10n.t('machine {0}', name), l10n.t('not running'), ...parts].join(', '),
    contextValue: contextValue('machine', ['failed', ...abilities]),
    collapsible: 'collapsed',
    command: undefined,
    tooltip: undefined,
  };
};

export const failedMachineTooltip = ({ failure }: FailedMachineFacts, language: string, l10n: L10n): string =>
  [
    visibleName(nameOf(failure.machine), 200),
    failureWords(failure, l10n),
    // It has no image that Start could try again.
    ...failureLines(failure, undefined, language, l10n),
    l10n.t('This view knows no image that it runs from.'),
  ].join('\n');

/** What stands below it. */
export const failedMachineDetails = (failure: FailedUnit, language: string, l10n: L10n): readonly Detail[] => [
  { kind: 'failure', index: 0, value: failureText(failure, language, l10n) },
  { kind: 'unit', index: 0, value: failure.unit },
];
