import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../src/language/context.ts';
import type { LibcgroupVersion } from '../../src/language/context.ts';
import type { Finding } from '../../src/language/finding.ts';
import { languageFeatures, openFile } from '../../src/language/languageService.ts';
import type { Difference } from './difference.ts';

/** What cgrulesengd did with a file. */
export interface CgrulesVerdict {
  readonly outcome: 'taken' | 'refused' | 'crashed';
  /** Its words. */
  readonly said?: readonly string[];
}

const findingsOfCgrules = (text: string, libcgroupVersion: LibcgroupVersion): readonly Finding[] => {
  const file = openFile(TextDocument.create('file:///etc/cgrules.conf', 'cgrules', 0, text), 'cgrules');
  if (file === undefined) throw new Error('there is no language called cgrules');
  return languageFeatures.diagnose(file, { ...defaultContext, libcgroupVersion });
};

/** Whether we and cgrulesengd of that version take and refuse the same. */
export const compareCgrules = (text: string, real: CgrulesVerdict, version: LibcgroupVersion): Difference[] => {
  const findings = findingsOfCgrules(text, version);
  const refusals = findings.filter(({ effect }) => effect === 'file-refused');
  const isRefused = real.outcome !== 'taken';
  if (refusals.length > 0 === isRefused) return [];
  return [{ kind: 'file', only: isRefused ? 'real' : 'ours', findings: isRefused ? [] : refusals }];
};
