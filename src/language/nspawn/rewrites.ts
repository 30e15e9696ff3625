import type { Context } from '../context.ts';
import type { ConfigDocument, Span } from '../document.ts';
import type { Fix } from '../finding.ts';
import { entryAt, sectionAt } from '../locate.ts';
import { valueTypeOf } from './values/valueKinds.ts';
import { directiveNamed, directivesOf, isKnownIn } from './directives.ts';
import { joinAssignments, joinLines } from './rewrites/joinAssignments.ts';
import { onePerLine } from './rewrites/onePerLine.ts';
import { quoteAssignment } from './rewrites/quoteAssignment.ts';
import { quoteSelection } from './rewrites/quoteSelection.ts';
import type { RewriteOf } from './rewrites/rewriteOf.ts';
import { splitList } from './rewrites/splitList.ts';
import { valueJudge } from './valueRules.ts';
import * as l10n from '@vscode/l10n';
import { parseBoolean } from './values/boolean.ts';

/** PrivateUsersChown= sets what PrivateUsersOwnership= does, which took its place. */
const modernOwnership: RewriteOf = ({ entry, context }) => {
  if (entry.key !== 'PrivateUsersChown') return [];
  const successor = directiveNamed.get('PrivateUsersOwnership');
  const chown = parseBoolean(entry.value);
  if (successor === undefined || chown === undefined || !isKnownIn(successor, context.systemdVersion)) return [];
  const written = `${successor.name}=${chown ? 'chown' : 'off'}`;
  return [{ title: l10n.t`Change to ${written}`, changes: [{ start: entry.start, end: entry.end, text: written }] }];
};

const rewrites: readonly RewriteOf[] = [
  quoteSelection,
  quoteAssignment,
  modernOwnership,
  onePerLine,
  splitList,
  joinAssignments,
  joinLines,
];

/** Other ways to write the assignment at that place, which mean the same unless their title says otherwise. */
export const rewriteNspawn = (
  document: ConfigDocument,
  text: string,
  { start, end }: Span,
  context: Context,
): readonly Fix[] => {
  const section = sectionAt(document, start);
  const entry = entryAt(document, start);
  if (section === undefined || entry === undefined) return [];
  const directive = directivesOf.get(section.name)?.get(entry.key);
  if (directive === undefined || !isKnownIn(directive, context.systemdVersion)) return [];
  const type = valueTypeOf(directive, context.systemdVersion);
  if (type === undefined) return [];
  const judge = valueJudge(context);
  return rewrites.flatMap((rewrite) =>
    rewrite({
      document,
      text,
      section,
      entry,
      directive,
      type,
      offset: start,
      end,
      context,
      counts: (value) => judge(directive, value).every(({ effect }) => effect === 'none'),
    }),
  );
};
