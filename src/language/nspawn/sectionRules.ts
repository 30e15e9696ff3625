import * as l10n from '@vscode/l10n';
import { nspawnSchema } from '../../schema/nspawnSchema.ts';
import type { Section } from '../document.ts';
import type { Finding, Fix, RuleInfo } from '../finding.ts';
import { isExtension } from './directives.ts';
import { found } from '../found.ts';
import { removeLines } from './lines.ts';
import { comparable, nearestAmong, orMeant } from '../nearestName.ts';

const unknownSection: RuleInfo = {
  id: 'unknown-section',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('There are the sections [Exec], [Files] and [Network], spelt so'),
};
const entriesOfUnknownSection: RuleInfo = {
  id: 'unknown-section-content',
  severity: 'hint',
  effect: 'none',
  title: l10n.t('What stands in an unknown section does not count'),
};
const emptySection: RuleInfo = {
  id: 'empty-section',
  severity: 'hint',
  effect: 'none',
  title: l10n.t('A section without assignments says nothing'),
};

export const sectionRules: readonly RuleInfo[] = [unknownSection, entriesOfUnknownSection, emptySection];

const unitSections = new Set([
  'Unit',
  'Install',
  'Service',
  'Match',
  'Link',
  'NetDev',
  'Address',
  'Route',
  'Container',
]);

const sectionNames = comparable(nspawnSchema.sections);

const meant = (name: string): string | undefined => nearestAmong(name.trim(), sectionNames);

const unknown = (section: Section): Finding => {
  const name = meant(section.name);
  const hint = unitSections.has(section.name)
    ? l10n.t`[${section.name}] belongs to a file of another kind; a .nspawn file has [Exec], [Files] and [Network].`
    : l10n.t`There is no section [${section.name}], only [Exec], [Files] and [Network].`;
  const fixes: Fix[] =
    name !== undefined
      ? [
          {
            title: l10n.t`Change to [${name}]`,
            changes: [{ start: section.start, end: section.headerEnd, text: `[${name}]` }],
            ...(name.toLowerCase() === section.name.trim().toLowerCase() ? { preferred: true } : {}),
          },
        ]
      : [];
  return found(
    unknownSection,
    { start: section.start, end: section.headerEnd },
    section.line,
    orMeant(
      `${hint} ${l10n.t('systemd ignores it with all that stands in it.')}`,
      unitSections.has(section.name) || name === undefined ? undefined : `[${name}]`,
    ),
    fixes.length === 0 ? undefined : { fixes },
  );
};

/** What there is to say of a header, for a version that does not refuse the file for it. */
export const checkSection = (
  section: Section,
  hasMistake: (section: Section) => boolean,
  text: string,
  findings: Finding[],
): void => {
  if (isExtension(section.name)) return;
  const first = section.entries[0];
  const last = section.entries.at(-1);
  if (!nspawnSchema.sections.includes(section.name)) {
    findings.push(unknown(section));
    if (first !== undefined && last !== undefined)
      findings.push(
        found(
          entriesOfUnknownSection,
          { start: first.start, end: last.end },
          first.line,
          l10n.t`This stands in the unknown section [${section.name}] and does not count.`,
          { tag: 'unnecessary' },
        ),
      );
    return;
  }
  if (first !== undefined || hasMistake(section)) return;
  const header = { start: section.start, end: section.headerEnd };
  findings.push(
    found(emptySection, header, section.line, l10n.t`Nothing is set in [${section.name}].`, {
      tag: 'unnecessary',
      fixes: [{ title: l10n.t`Remove [${section.name}]`, changes: [removeLines(text, header)] }],
    }),
  );
};
