import type { FileType } from '../fileType.ts';
import { checkNet } from './checkNet.ts';
import { checkSystem } from './checkSystem.ts';
import { checkUsernet } from './checkUsernet.ts';
import { parseNet, parseSystem, parseUsernet } from './parse.ts';
import { netRules, systemRules, usernetRules } from './rules.ts';

/** lxc.conf, of LXC's tools. */
export const judgedSystem: FileType = {
  languageId: 'lxcsystem',
  parse: parseSystem,
  rules: systemRules,
  check: checkSystem,
};

/** lxc-usernet: how many network devices users may make. */
export const judgedUsernet: FileType = {
  languageId: 'lxcusernet',
  parse: parseUsernet,
  rules: usernetRules,
  check: checkUsernet,
};

/** /etc/default/lxc-net: the bridge that lxc-net makes. */
export const judgedNet: FileType = { languageId: 'lxcnet', parse: parseNet, rules: netRules, check: checkNet };
