import * as l10n from '@vscode/l10n';
import { directiveNamed, isKnownIn } from '../directives.ts';
import { parseBoolean } from '../values/parseBoolean.ts';
import type { RewriteOf } from './rewriteOf.ts';

/** PrivateUsersChown= sets what PrivateUsersOwnership= does, which took its place. */
export const modernOwnership: RewriteOf = ({ entry, context }) => {
  if (entry.key !== 'PrivateUsersChown') return [];
  const successor = directiveNamed.get('PrivateUsersOwnership');
  const chown = parseBoolean(entry.value);
  if (successor === undefined || chown === undefined || !isKnownIn(successor, context.systemdVersion)) return [];
  const written = `${successor.name}=${chown ? 'chown' : 'off'}`;
  return [{ title: l10n.t`Change to ${written}`, changes: [{ start: entry.start, end: entry.end, text: written }] }];
};
