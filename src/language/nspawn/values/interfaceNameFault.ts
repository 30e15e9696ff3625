import * as l10n from '@vscode/l10n';
import type { RuleInfo } from '../../finding.ts';
import type { Span } from '../../document.ts';
import { parseInt32 } from './parseNumber.ts';
import { replaceFix, ruleProblem } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import { utf8Length } from '../../utf8Length.ts';
import type { ValueProblem } from './valueKind.ts';

export const invalidInterfaceName: RuleInfo = {
  id: 'invalid-interface-name',
  severity: 'warning',
  effect: 'ignored',
  variants: [{ severity: 'error', effect: 'file-refused' }],
  title: l10n.t('A network interface has a short name of visible ASCII characters'),
};

export const commaInName: RuleInfo = {
  id: 'comma-in-interface-name',
  severity: 'warning',
  effect: 'start-refused',
  variants: [{ severity: 'info', effect: 'none' }],
  title: l10n.t('Interfaces are separated by blanks; a comma is part of a name'),
};

/** A name with a comma in it, which the kernel takes, but no interface of a host is called so. */
export const commaProblems = (name: string, span: Span, ofHost: boolean): readonly ValueProblem[] => {
  if (!name.includes(',')) return [];
  const fixes =
    name.length === span.end - span.start
      ? [replaceFix(l10n.t('Separate them with blanks'), span, name.replaceAll(',', ' '))]
      : [];
  return ofHost
    ? [
        ruleProblem(
          commaInName,
          span,
          l10n.t`${shown(name)} is one name, because blanks and not commas separate interfaces. The machine does not start, because the host has no interface of that name.`,
          fixes,
        ),
      ]
    : [
        {
          ...ruleProblem(
            commaInName,
            span,
            l10n.t`${shown(name)} is one name, because blanks and not commas separate interfaces.`,
            fixes,
          ),
          severity: 'info',
          effect: 'none',
        },
      ];
};

/** IFNAMSIZ of Linux without the byte that ends a name. */
export const longestInterfaceName = 15;

const isIndex = (name: string, systemdVersion: number): boolean => {
  if (name.length > 64) return false;
  const index = parseInt32(name, { systemdVersion });
  return typeof index === 'number' && index > 0;
};

/**
 * ifname_valid_full() of systemd (basic/socket-util.c) without flags: what is wrong with a name, as a sentence, or undefined.
 */
export const interfaceNameFault = (name: string, systemdVersion: number): string | undefined => {
  const strict = systemdVersion >= 248;
  if (name === '') return l10n.t('The name is empty.');
  if (/^[0-9]+$/u.test(name) || (strict && isIndex(name, systemdVersion))) return l10n.t('The name reads as a number.');
  const bytes = utf8Length(name);
  if (bytes > longestInterfaceName)
    return l10n.t`The name has ${bytes} bytes, and ${longestInterfaceName} are the most.`;
  if (name === '.' || name === '..') return l10n.t('Dots alone mean directories.');
  if (strict && (name === 'all' || name === 'default'))
    return l10n.t('With this name the kernel means all interfaces, or new ones.');
  const bad = (strict ? /[^!-~]|[:/%]/u : /[^!-~]|[:/]/u).exec(name)?.[0];
  if (bad === undefined) return undefined;
  return bad === ' ' || bad === '\t'
    ? l10n.t('The name contains a blank.')
    : l10n.t`The name contains ${shown(bad)}, and only visible ASCII characters other than : / % are allowed.`;
};
