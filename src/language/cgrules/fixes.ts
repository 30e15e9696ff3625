import * as l10n from '@vscode/l10n';
import type { Entry, Span } from '../document.ts';
import type { Fix } from '../finding.ts';
import type { Fields } from './fields.ts';

/** Quotes round what needs none. */
export const withoutQuotes = ({ start, end }: Span, text: string): readonly Fix[] => {
  const [quoted, inside = ''] = /^"([^"\s]*)"/u.exec(text.slice(start, end)) ?? [];
  if (quoted === undefined || inside === '') return [];
  const changes = [{ start, end: start + quoted.length, text: inside }];
  return [{ title: l10n.t('Remove the quotes'), changes, preferred: true }];
};

/** Where the quotes begin in mid word. */
export const quoteWhole = ({ start, end }: Span, raw: string): Fix => ({
  title: l10n.t('Put the whole field into quotes'),
  changes: [{ start, end, text: `"${raw.replaceAll('"', '')}"` }],
  preferred: true,
});

/** Where both lines have one destination, one of them is enough. */
export const joinControllers = (
  fields: Fields,
  before: Fields | undefined,
  entry: Entry,
  text: string,
): readonly Fix[] => {
  const { controllers, destination, options } = fields;
  const isSame = destination !== undefined && before?.destination?.text === destination.text;
  if (!isSame || controllers === undefined || before.controllers === undefined) return [];
  if (options !== undefined || before.options !== undefined) return [];
  const there = new Set(before.controllers.text.split(','));
  const added = controllers.text.split(',').filter((name) => name !== '' && !there.has(name));
  const lineStart = text.lastIndexOf('\n', entry.start - 1) + 1;
  const lineEnd = text.indexOf('\n', entry.end);
  const insert = added.map((name) => `,${name}`).join('');
  return [
    {
      title: l10n.t('Name all controllers in the line above'),
      changes: [
        { start: before.controllers.end, end: before.controllers.end, text: there.has('*') ? '' : insert },
        { start: lineStart, end: lineEnd < 0 ? text.length : lineEnd + 1, text: '' },
      ],
    },
  ];
};
