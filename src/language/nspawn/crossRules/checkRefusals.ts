import * as l10n from '@vscode/l10n';
import type { ConfigDocument, Entry } from '../../document.ts';
import type { Finding, Fix } from '../../finding.ts';
import { found } from '../../found.ts';
import { addToSection } from '../lines.ts';
import { refusals } from './refusals.ts';
import type { Refusal } from './refusals.ts';
import type { StartUp } from './startUp.ts';

const breakingLines = (refusal: Refusal, start: StartUp): readonly Entry[] => {
  const { since = 0, until = Infinity } = refusal;
  if (start.systemdVersion < since || start.systemdVersion > until) return [];
  const [first, ...rest] = refusal.breaking(start);
  // Without a line to mark nothing of the file breaks it.
  if (first === undefined) return [];
  return [first, ...rest.filter((entry) => entry !== undefined && entry !== first)] as readonly Entry[];
};

const takenByUnit = (option: string | undefined): string =>
  option === undefined
    ? l10n.t(
        'systemd-nspawn refuses to start the machine when it is run directly; machinectl start takes the file, because its unit passes other options.',
      )
    : l10n.t`systemd-nspawn refuses to start the machine when it is run directly; machinectl start takes the file, because its unit passes ${option}.`;

const refusedByUnit = (option: string | undefined): string =>
  option === undefined
    ? l10n.t(
        'machinectl start fails, because its unit passes other options; systemd-nspawn takes the file when it is run directly.',
      )
    : l10n.t`machinectl start fails, because its unit passes ${option}; systemd-nspawn takes the file when it is run directly.`;

/**
 * The file can be put to use by systemd-nspawn alone or by the unit that machinectl starts, whose options can make the
 * difference. It is an error when both refuse; when only one does, the finding says which and why.
 */
const judge = (
  refusal: Refusal,
  direct: readonly Entry[],
  template: readonly Entry[],
  start: StartUp,
): { readonly message: string; readonly severity: 'error' | 'warning'; readonly effect: 'start-refused' | 'none' } => {
  const what = refusal.message(start);
  if (direct.length > 0 && template.length > 0)
    return {
      message: `${what} ${l10n.t('systemd-nspawn refuses to start the machine.')}`,
      severity: refusal.depends?.(start) === true ? 'warning' : 'error',
      effect: 'start-refused',
    };
  if (direct.length > 0)
    return {
      message: `${what} ${takenByUnit(refusal.templateOption)}`,
      severity: 'warning',
      effect: 'start-refused',
    };
  return {
    message: `${what} ${refusedByUnit(refusal.templateOption)}`,
    severity: 'warning',
    // As systemd-nspawn alone sees it.
    effect: 'none',
  };
};

/** What systemd-nspawn will not start a machine with. */
export const checkRefusals = (
  direct: StartUp,
  template: StartUp,
  document: ConfigDocument,
  text: string,
  findings: Finding[],
): void => {
  for (const refusal of refusals) {
    const inDirect = breakingLines(refusal, direct);
    const inTemplate = breakingLines(refusal, template);
    const [first, ...others] = inDirect.length > 0 ? inDirect : inTemplate;
    if (first === undefined) continue;
    const start = inDirect.length > 0 ? direct : template;
    const { message, severity, effect } = judge(refusal, inDirect, inTemplate, start);
    const remedy = refusal.remedy?.(start);
    const fixes: readonly Fix[] | undefined =
      remedy === undefined
        ? undefined
        : [
            {
              title: l10n.t`Add ${remedy.line} to [${remedy.section}]`,
              changes: [addToSection(text, document.sections, remedy.section, remedy.line)],
            },
          ];
    findings.push(
      found(refusal.rule, first, first.line, message, {
        severity,
        effect,
        ...(fixes === undefined ? {} : { fixes }),
        ...(others.length === 0
          ? {}
          : {
              related: others.map(({ start: from, end, key }) => ({
                start: from,
                end,
                message: l10n.t`${key}= is set here.`,
              })),
            }),
      }),
    );
  }
};
