import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import type { ConfigDocument, Span } from '../document.ts';
import type { Hint } from '../fileType.ts';
import { fieldsOfEntry } from './fieldsOfEntry.ts';
import { userOf } from './fields.ts';

/** With what is the same for every process of a user; without one as it is written, but for the backslashes. */
const replaced = (destination: string, user: string | undefined, id: number | undefined): string =>
  destination.replaceAll(/\\(.)|%[uU]/gsu, (written, kept: string | undefined) => {
    if (kept !== undefined) return kept;
    if (written === '%u') return user ?? written;
    return id === undefined ? written : String(id);
  });

/** Where the processes of one user go to, where the destination has placeholders. */
export const hintsOfCgrules = (document: ConfigDocument, span: Span, context: Context): readonly Hint[] =>
  document.loose.flatMap((entry): readonly Hint[] => {
    if (entry.end < span.start || entry.start > span.end) return [];
    const { key, destination, fault } = fieldsOfEntry(entry, context.libcgroupVersion);
    if (key === undefined || destination === undefined || fault !== undefined) return [];
    const user = userOf(key.text);
    if (user === '' || /^[@*%\d]/u.test(user)) return [];
    const id = context.host?.users.find(({ name }) => name === user)?.id;
    const result = replaced(destination.text, user, id);
    if (result === replaced(destination.text, undefined, undefined)) return [];
    return [{ at: destination.end, label: `→ ${result}`, tooltip: l10n.t`Where processes of ${user} are moved to.` }];
  });
