import * as l10n from '@vscode/l10n';
import type { ConfigDocument } from '../../document.ts';
import type { Conversion } from '../../fileType.ts';
import { parametersNamed, versionOnly } from '../parameters.ts';

const oldBlocks: ReadonlySet<string> = new Set(['blkio', 'cpuacct', 'devices', 'freezer', 'net_cls', 'net_prio']);

/** Whether anything in a cgconfig.conf is for cgroup v1 alone. */
const isForV1 = ({ sections }: ConfigDocument): boolean =>
  sections.some(
    ({ keyword, sections: blocks }) =>
      keyword === 'mount' ||
      blocks.some(
        ({ name, entries }) =>
          oldBlocks.has(name) ||
          name.startsWith('name=') ||
          entries.some(({ key }) => versionOnly(parametersNamed(key)) === 1),
      ),
  );

/** What a cgconfig.conf can be turned into. */
export const conversionsOfCgconfig = (document: ConfigDocument): readonly Conversion[] => [
  ...(isForV1(document)
    ? [{ title: l10n.t('Convert to control groups v2'), command: 'nspawn.migrateCgconfigToV2' }]
    : []),
  ...(document.sections.some(({ keyword }) => keyword === 'group' || keyword === 'template')
    ? [{ title: l10n.t('Convert to systemd units'), command: 'nspawn.migrateCgconfigToSystemd' }]
    : []),
];
