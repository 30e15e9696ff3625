import { cgroupSchema } from '../../schema/cgroupSchema.ts';
import { accountNames } from '../accountNames.ts';
import type { Context } from '../context.ts';
import type { ConfigDocument } from '../document.ts';
import type { Token } from '../token.ts';
import { fieldsOfEntry } from './fieldsOfEntry.ts';
import { userOf } from './fields.ts';
import type { Fields } from './fields.ts';

const known: ReadonlySet<string> = new Set(cgroupSchema.controllers.map(({ name }) => name));

/** Whether libcgroup will skip the rule, as far as it is sure. */
const isSkipped = ({ key }: Fields, { host, libcgroupVersion }: Context): boolean => {
  const user = userOf(key?.text ?? '');
  if (user.startsWith('%')) return libcgroupVersion === '3.2';
  if (/^@?\d+$/u.test(user)) return true;
  if (host === undefined || user === '' || user.startsWith('*')) return false;
  const isGroup = user.startsWith('@');
  const accounts = isGroup ? host.groups : host.users;
  if (accounts.length === 0 || (isGroup ? host.hasMoreGroups : host.hasMoreUsers)) return false;
  return !accountNames(accounts).has(isGroup ? user.slice(1) : user);
};

/** Rules that do not count, and controllers that there are. */
export const tokensOfCgrules = (document: ConfigDocument, context: Context): readonly Token[] => {
  let wasSkipped = false;
  return document.loose.flatMap((entry): readonly Token[] => {
    const fields = fieldsOfEntry(entry, context.libcgroupVersion);
    wasSkipped = isSkipped(fields, context) || (wasSkipped && entry.key.startsWith('%'));
    if (wasSkipped)
      return [
        { type: 'comment', start: entry.keyStart, end: entry.keyEnd },
        ...(entry.value === '' ? [] : [{ type: 'comment' as const, start: entry.valueStart, end: entry.valueEnd }]),
      ];
    const { controllers } = fields;
    if (controllers === undefined) return [];
    return [...controllers.text.matchAll(/[^,]+/gu)].flatMap(({ 0: name, index }): readonly Token[] => {
      const start = controllers.start + index;
      return known.has(name) ? [{ type: 'enumMember', start, end: start + name.length }] : [];
    });
  });
};
