import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import type { ConfigDocument, Entry } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import {
  areOptions,
  checkControllers,
  checkOptions,
  checkOverrun,
  checkText,
  faultFinding,
  inherited,
  optionsLeft,
} from './checkFields.ts';
import { checkKey, skippedToo } from './checkKey.ts';
import { checkCut } from './cutLines.ts';
import { fieldsOf, isIgnoring } from './fields.ts';
import type { Fields } from './fields.ts';
import { checkControllerNames, checkUserOnHost } from './hostRules.ts';
import { unreachable } from './rules.ts';

/** An indented line without all fields behind another such line: one rule that was broken into two lines. */
const goesOnFrom = (broken: Entry | undefined, entry: Entry, text: string): boolean =>
  broken?.line === entry.line - 1 && /[ \t]/u.test(text.charAt(entry.start - 1));

/**
 * Everything that is wrong with a cgrules.conf, in the order of the text. libcgroup reads up to the first line that it cannot
 * read and then refuses the file; the lines behind that are judged as they will be when it is put right.
 */
export const checkCgrules = (document: ConfigDocument, text: string, context: Context): readonly Finding[] =>
  [...checkCut(document, text), ...checkRules(document, text, context)].sort((a, b) => a.start - b.start);

const checkRules = (document: ConfigDocument, text: string, context: Context): readonly Finding[] => {
  const { libcgroupVersion } = context;
  const is32 = libcgroupVersion === '3.2';
  const findings: Finding[] = [];
  let everybody: Entry | undefined;
  let isSkipping = false;
  let before: Fields | undefined;
  let broken: Entry | undefined;
  let left = '';
  // That the rule above is broken is told already.
  let isBroken = false;
  for (const entry of document.loose) {
    // What goes on from a rule that is skipped is skipped as well, before anything of it is read.
    const fields = fieldsOf(text, entry, libcgroupVersion);
    if (isSkipping && entry.key.startsWith('%')) {
      const ofKey = checkKey(fields, before, entry, text, context);
      findings.push(...(ofKey.length > 0 || isBroken ? ofKey : [skippedToo(entry)]));
      continue;
    }
    const ofForm = checkKey(fields, before, entry, text, context);
    const ofUser = ofForm.length > 0 ? ofForm : checkUserOnHost(fields, entry, text, context);
    const key =
      is32 || ofUser.some(({ effect }) => effect === 'ignored') ? ofUser : [...ofUser, ...checkOverrun(fields, entry)];
    const isSkipped = key.some(({ effect }) => effect === 'ignored');
    const isInherited = fields.fault?.field === 'options' && (isSkipped || areOptions(left));
    if (isInherited && !isSkipped) findings.push(inherited(fields, entry));
    left = optionsLeft(fields, left, isSkipped);
    isBroken = fields.fault !== undefined && !isInherited;
    if (fields.fault !== undefined && !isInherited) {
      const isIncomplete = fields.fault.reason === 'missing';
      if (!isIncomplete || !goesOnFrom(broken, entry, text))
        findings.push(faultFinding(fields.fault, entry.line, text));
      broken = isIncomplete ? entry : undefined;
      before = undefined;
      isSkipping = isSkipped;
      continue;
    }
    findings.push(...key, ...checkText(fields, entry, is32, text));
    // A rule that is skipped is not read further.
    isSkipping = isSkipped;
    if (isSkipping) {
      if (!entry.key.startsWith('%')) before = undefined;
      continue;
    }
    before = fields;
    const refusing = [...checkOptions(fields, entry, is32, text), ...checkControllers(fields, entry)];
    findings.push(...refusing);
    findings.push(...checkControllerNames(fields, entry, text, context));
    const name = fields.key?.text ?? '';
    if (everybody !== undefined && !name.startsWith('%'))
      findings.push({
        ...found(
          unreachable,
          entry,
          entry.line,
          l10n.t`The first rule that fits counts, and line ${everybody.line} fits everybody.`,
        ),
        tag: 'unnecessary',
      });
    // A process that an ignoring rule does not fit goes on to the next one.
    if (name === '*' && refusing.length === 0 && !isIgnoring(fields)) everybody ??= entry;
  }
  return findings;
};
