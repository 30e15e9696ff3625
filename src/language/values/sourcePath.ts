import type { RuleInfo } from '../finding.ts';
import { isAbsolutePath } from './pathChecks.ts';
import { absoluteProblem, pathAdvice, type PathField } from './pathField.ts';
import { replaceFix, ruleProblem } from './ruleProblem.ts';
import type { ValueProblem } from './valueKind.ts';

/** The first systemd that takes relative sources (nspawn/nspawn-mount.c: source_path_parse()). */
const relativeSince = 252;

export const relativeSource: RuleInfo = {
  id: 'relative-source',
  severity: 'info',
  effect: 'none',
  title: 'A source that is not absolute depends on where systemd-nspawn is started',
};
export const optionalSource: RuleInfo = {
  id: 'no-optional-source',
  severity: 'warning',
  effect: 'none',
  title: 'A source cannot be made optional with a - in front, as it can in unit files',
};

/** A source on the host, or with `+` in front one in the image; not empty. */
export const sourceProblems = (field: PathField, systemdVersion: number): readonly ValueProblem[] => {
  const { text, start } = field;
  if (isAbsolutePath(text)) return pathAdvice(field);
  if (text.startsWith('+')) {
    if (isAbsolutePath(text.slice(1))) return pathAdvice(field);
    const hint = ' A + in front means a path in the image, which begins with / just so.';
    const problem = absoluteProblem(field, { hint });
    return problem === undefined ? [] : [problem];
  }
  const optional = text.startsWith('-/');
  const hint = 'systemd-nspawn knows no - for sources that may be missing, unlike unit files.';
  const fix = replaceFix('Remove the -', { start, end: start + 1 }, '', true);
  if (systemdVersion < relativeSince) {
    const problem = absoluteProblem(field, optional ? { hint: ` ${hint}`, fixes: [fix] } : {});
    return problem === undefined ? [] : [problem];
  }
  if (optional)
    return [
      ruleProblem(optionalSource, { start, end: start + 1 }, `${hint} This is a directory called -.`, [
        { title: fix.title, changes: fix.changes },
      ]),
    ];
  return [
    ruleProblem(
      relativeSource,
      field,
      'A relative source counts from the directory that systemd-nspawn is started in: / for a machine that runs as a service.',
    ),
    ...pathAdvice(field),
  ];
};
