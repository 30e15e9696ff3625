import * as l10n from '@vscode/l10n';
import { nspawnSchema } from '../../schema/nspawnSchema.ts';
import { sectionTexts } from '../../schema/nspawnTexts.ts';
import type { DirectiveSchema } from '../../schema/types.ts';
import type { Context } from '../context.ts';
import { kindOf, valueTypeOf } from './values/valueKinds.ts';
import type { Here, KeyWord, Vocabulary } from '../vocabulary.ts';
import { nspawnPlaceAt } from './cursorPlace.ts';
import { describeValue } from './describeValue.ts';
import { directiveNamed, directivesOf, isKnownIn, isLeftOutHere } from './directives.ts';
import { directiveText } from './directiveText.ts';
import { manualOfSection } from './manual.ts';
import { machineUsersIn } from './owners.ts';

/** Directives that systemd still reads, but has a better one for since that version. */
const outdatedSince: Readonly<Record<string, number>> = { PrivateUsersChown: 249 };

const keyWord = (directive: DirectiveSchema, context: Context, { document }: Here): KeyWord | undefined => {
  const type = valueTypeOf(directive, context.systemdVersion);
  if (type === undefined) return undefined;
  const kind = kindOf(type);
  const at = { context, directive, users: () => machineUsersIn(document, context) };
  const outdated = outdatedSince[directive.name];
  return {
    name: directive.name,
    documentation: () => directiveText(directive, type, context),
    snippet: `=${kind.snippet(type, at)}`,
    single: directive.repeat !== 'append',
    deprecated: outdated !== undefined && outdated <= context.systemdVersion,
    ...(isLeftOutHere(directive, context) ? { withoutEffect: l10n.t('ignored next to the image') } : {}),
    suggestions: (value, offset) => kind.suggestions(value, offset, type, at),
    wishes: (value, offset) => kind.wishes?.(value, offset, type, at) ?? [],
    describe: (value, offset) => describeValue(value, offset, type, at),
  };
};

/** What may be written in a `.nspawn` file. */
export const nspawnVocabulary: Vocabulary = {
  placeAt: nspawnPlaceAt,
  blocks: (path) =>
    path.length > 1
      ? []
      : nspawnSchema.sections.map((name) => ({
          keyword: '',
          name,
          written: `[${name}]`,
          documentation: `${sectionTexts[name] ?? ''}\n\n[Manual](${manualOfSection(name)})`,
        })),
  keys: (path, context, here) => {
    const directives = directivesOf.get(path[0]?.name ?? '')?.values() ?? [];
    return [...directives]
      .filter((directive) => isKnownIn(directive, context.systemdVersion))
      .flatMap((directive) => keyWord(directive, context, here) ?? []);
  },
  key: (path, name, context, here) => {
    const directive = directiveNamed.get(name);
    return directive === undefined || directive.section !== path[0]?.name
      ? undefined
      : keyWord(directive, context, here);
  },
};
