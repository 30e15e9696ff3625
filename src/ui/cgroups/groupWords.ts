import type { Usage } from '../../machines/cgroups/observe/usage.ts';
import { byteSize } from '../tree/amountText.ts';
import { type L10n, labelled, present } from '../tree/row.ts';
import type * as vscode from 'vscode';
import type { PlanWords } from '../../machines/cgroups/operate/groupText.ts';
import { plainText } from '../plainText.ts';

const percent = (cpu: number): string => `${cpu.toFixed(cpu < 99.95 ? 1 : 0)} %`;

const perSecond = (bytes: number): string => `${byteSize(bytes)}/s`;

const tasksText = (tasks: number, l10n: L10n): string => (tasks === 1 ? l10n.t('1 task') : l10n.t('{0} tasks', tasks));

/** `12 tasks · 3.4 % · 48.0 MiB · 1.2 MiB/s`: what is known, and of rates what is not nothing. */
export const usageText = (usage: Usage | undefined, l10n: L10n): string => {
  if (usage === undefined) return '';
  const { tasks, cpu, memory, read = 0, written = 0 } = usage;
  return present([
    tasks === undefined ? undefined : tasksText(tasks, l10n),
    cpu === undefined || cpu < 0.05 ? undefined : percent(cpu),
    memory === undefined || memory === 0 ? undefined : byteSize(memory),
    read + written < 1 ? undefined : perSecond(read + written),
  ]).join(' · ');
};

/** Every figure on a line of its own. */
export const usageLines = (usage: Usage | undefined, l10n: L10n): readonly (string | undefined)[] => [
  labelled(l10n.t('Tasks'), usage?.tasks),
  labelled(l10n.t('CPU (of one processor)'), usage?.cpu === undefined ? undefined : percent(usage.cpu)),
  labelled(
    l10n.t('Memory'),
    usage?.memory === undefined ? undefined : `${byteSize(usage.memory)} (${l10n.t('{0} bytes', usage.memory)})`,
  ),
  labelled(l10n.t('Read'), usage?.read === undefined ? undefined : perSecond(usage.read)),
  labelled(l10n.t('Written'), usage?.written === undefined ? undefined : perSecond(usage.written)),
];

/** The comments in a cgconfig.conf that is written from the groups of this host. */
export const groupTextWords = (l10n: Pick<typeof vscode.l10n, 't'>): PlanWords => ({
  unwritable: (parameter) =>
    l10n.t('{0} is left out, because this file cannot hold its value.', plainText(parameter, 200)),
  takenOnce: (line) => l10n.t('libcgroup takes a parameter once, so this is left out: {0}', plainText(line, 300)),
  unnamed: l10n.t('A group is left out, because this file cannot hold its name.'),
  notMounted: l10n.t('No hierarchy of this host has this controller.'),
  noSuchParameter: l10n.t('This parameter cannot be read in this group.'),
});
