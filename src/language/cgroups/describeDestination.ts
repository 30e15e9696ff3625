import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import { codeSpan, escapeMarkdown } from '../markdown.ts';
import { templateNamesFor } from './destinationPattern.ts';
import type { GroupBlock, GroupFile } from './groupFile.ts';
import { pathText, segmentsOf } from './groupPath.ts';

/** Of all blocks; a hover is no place to read a file in. */
const mostLines = 12;

const linesOf = (file: GroupFile, { keyword, name, controllers }: GroupBlock): readonly string[] => [
  keyword === 'group'
    ? l10n.t`Defined ${codeSpan(name)} in ${escapeMarkdown(file.name)}:`
    : l10n.t`Made after the template ${codeSpan(name)} in ${escapeMarkdown(file.name)}:`,
  ...controllers.map((controller) => {
    const set = controller.entries.map(({ key, value }) => codeSpan(`${key} = ${value}`)).join(', ');
    return `- ${codeSpan(controller.name)}${set === '' ? '' : `: ${set}`}`;
  }),
];

/** What the files that are read together with this one say of a destination, as markdown; empty where they say nothing. */
export const describeDestination = (destination: string, { groups }: Context): string => {
  const path = pathText(segmentsOf(destination, 0));
  const templates = templateNamesFor({ text: destination });
  const lines = (groups?.others ?? []).flatMap((file) =>
    file.blocks
      .filter(({ keyword, name, path: its }) =>
        keyword === 'group' ? path !== '' && pathText(its) === path : templates.includes(name),
      )
      .flatMap((block) => linesOf(file, block)),
  );
  return lines.length > mostLines ? [...lines.slice(0, mostLines), '- …'].join('\n') : lines.join('\n');
};
