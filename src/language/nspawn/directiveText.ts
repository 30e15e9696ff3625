import * as l10n from '@vscode/l10n';
import { directiveTexts } from '../../schema/nspawnTexts.ts';
import type { DirectiveSchema, ValueType } from '../../schema/types.ts';
import type { Context } from '../context.ts';
import { kindOf } from './values/valueKinds.ts';
import { isKnownIn, isLeftOutBeside } from './directives.ts';
import { emptyMeaning } from './emptyMeaning.ts';
import { manualOfDirective } from './manual.ts';

/** The first version whose systemd-nspawn read such files at all. */
const firstVersion = 226;

const repeatTexts: Readonly<Record<DirectiveSchema['repeat'], string>> = {
  last: l10n.t('The last line counts.'),
  append: l10n.t('Several lines add up.'),
  first: l10n.t('The first line of Boot= and ProcessTwo= counts.'),
};

const trustText = (directive: DirectiveSchema, context: Context): string | undefined => {
  const { trust } = context.place;
  if (trust === 'trusted') return undefined;
  const here = trust === 'untrusted';
  if (directive.trust === 'denyOnly')
    return here
      ? l10n.t(
          'This file lies next to the image: **only lists that begin with `~` count here**, a single other one drops them all.',
        )
      : l10n.t('In a file next to the image only lists that begin with `~` count.');
  if (!isLeftOutBeside(directive, context)) return undefined;
  return here
    ? l10n.t('**Ignored here**, because this file lies next to the image; in `/etc/systemd/nspawn` it counts.')
    : l10n.t('Ignored in a file that lies next to the image; in `/etc/systemd/nspawn` it counts.');
};

const versionText = (directive: DirectiveSchema, { systemdVersion }: Context): string => {
  const { since, until } = directive;
  const from = since <= firstVersion ? l10n.t('the first systemd that reads such files') : l10n.t`systemd ${since}`;
  const span = until === undefined ? l10n.t`Since ${from}.` : l10n.t`From ${from} to systemd ${until}.`;
  return isKnownIn(directive, systemdVersion)
    ? span
    : l10n.t`${span} **systemd ${systemdVersion}, which this file is checked for, ignores it.**`;
};

/** What completion and hover show of a directive, as markdown. */
export const directiveText = (directive: DirectiveSchema, type: ValueType, context: Context): string => {
  const { section, name, repeat, flags } = directive;
  const at = { context, directive };
  const form = kindOf(type).form(type, at);
  const lines = [
    l10n.t`**${name}=** in \`[${section}]\``,
    '',
    directiveTexts[`${section}.${name}`] ?? '',
    '',
    ...(form === '' ? [] : [l10n.t`- Value: ${form}`]),
    ...(directive.default === undefined ? [] : [l10n.t`- Default: ${directive.default}`]),
    `- ${repeatTexts[repeat]} ${emptyMeaning(type, at)}`,
    ...(flags.length === 0 ? [] : [l10n.t`- Command line: ${flags.map((flag) => `\`${flag}\``).join(', ')}`]),
    `- ${versionText(directive, context)}`,
  ];
  const trust = trustText(directive, context);
  if (trust !== undefined) lines.push(`- ${trust}`);
  lines.push('', `[Manual](${manualOfDirective(name)})`);
  return lines.join('\n');
};
