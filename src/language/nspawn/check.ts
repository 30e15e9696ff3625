import type { Context } from '../context.ts';
import type { ConfigDocument } from '../document.ts';
import type { Finding } from '../finding.ts';
import { directivesOf, isExtension, isKnownIn } from './directives.ts';
import { checkUnknownKey, checkVersion } from './keyRules.ts';
import { checkSection } from './sectionRules.ts';
import { checkSyntax, headerProblem } from './syntaxRules.ts';
import { valueFinding, valueJudge } from './valueRules.ts';

/**
 * Everything that is wrong with a `.nspawn` file, in the order of the text. What stands behind a line for which systemd
 * refuses the whole file is not judged, as systemd does not come so far.
 */
export const checkNspawn = (document: ConfigDocument, text: string, context: Context): readonly Finding[] => {
  const { systemdVersion } = context;
  const syntax = checkSyntax(document, text, systemdVersion);
  const findings: Finding[] = [];
  const judge = valueJudge(context);
  let end = syntax.find(({ effect }) => effect === 'file-refused')?.start ?? Infinity;

  for (const section of document.sections) {
    if (section.start > end) break;
    const bad = headerProblem(section, systemdVersion);
    if (bad !== undefined) {
      findings.push(bad);
      end = section.start;
      break;
    }
    checkSection(section, findings);
    const known = directivesOf.get(section.name);
    if (known === undefined) continue;
    for (const entry of section.entries) {
      if (entry.start > end) break;
      const directive = known.get(entry.key);
      if (directive === undefined) {
        if (!isExtension(entry.key)) findings.push(checkUnknownKey(entry, section, document, text, systemdVersion));
        continue;
      }
      if (!isKnownIn(directive, systemdVersion)) {
        findings.push(checkVersion(entry, directive, systemdVersion));
        continue;
      }
      for (const problem of judge(directive, entry.value)) {
        findings.push(valueFinding(entry, problem));
        if (problem.effect === 'file-refused') end = entry.start;
      }
    }
  }
  for (const finding of syntax) if (finding.start <= end) findings.push(finding);
  return findings.sort((a, b) => a.start - b.start);
};
