import type { Context } from '../context.ts';
import type { ConfigDocument } from '../document.ts';
import type { Finding } from '../finding.ts';
import { judgeNspawn } from './check.ts';
import { refusalRules } from './crossRules/refusals.ts';

/** Of the settings that do not go together, those that only a call by hand refuses are warnings. */
const isByHandOnly = ({ rule, severity }: Finding): boolean =>
  severity === 'warning' && refusalRules.some(({ id }) => id === rule);

/** The findings that say why a machine does not start with that file, whatever the user or a comment wants to hear of them. */
export const startObstacles = (document: ConfigDocument, text: string, context: Context): readonly Finding[] =>
  judgeNspawn(document, text, context).findings.filter(
    (finding) => finding.effect === 'file-refused' || (finding.effect === 'start-refused' && !isByHandOnly(finding)),
  );
