import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import { countUpTo } from '../sorted.ts';
import type { ConfigDocument, Section, Span } from '../document.ts';
import type { SourceFile } from '../fileType.ts';
import type { Finding, Fix, RuleInfo } from '../finding.ts';

const unknownRule: RuleInfo = {
  id: 'ignore-unknown-rule',
  severity: 'hint',
  effect: 'none',
  title: l10n.t('A comment that ignores rules names rules that exist'),
};
const unusedIgnore: RuleInfo = {
  id: 'ignore-unused',
  severity: 'hint',
  effect: 'none',
  title: l10n.t('A comment that ignores a rule has something to ignore'),
};

/** Rules of the comments `nspawn-lint: ignore`, for every file type. */
export const ignoreCommentRules: readonly RuleInfo[] = [unknownRule, unusedIgnore];

interface RuleName extends Span {
  readonly name: string;
}

export interface IgnoreComment extends Span {
  readonly wholeFile: boolean;
  readonly names: readonly RuleName[];
  /** Between them the names may stand. */
  readonly listStart: number;
  readonly listEnd: number;
}

const mark = 'nspawn-lint:';
const form = /^[#;*]+[ \t]*nspawn-lint:[ \t]*ignore(-file)?(?:[ \t:,]+|$)/u;

/** What stands behind `--` is a reason, for those who read it. */
export const readIgnoreComment = (text: string, comment: Span): IgnoreComment | undefined => {
  const written = text.slice(comment.start, comment.end);
  if (!written.includes(mark)) return undefined;
  const begin = form.exec(written);
  if (begin === null) return undefined;
  const reason = written.search(/\s--(?:\s|$)/u);
  const listed = reason < 0 ? written : written.slice(0, Math.max(begin[0].length, reason));
  const names = [...listed.slice(begin[0].length).matchAll(/[^\s,]+/gu)].map((match) => {
    const start = comment.start + begin[0].length + match.index;
    return { name: match[0], start, end: start + match[0].length };
  });
  const listStart = comment.start + begin[0].length;
  const listEnd = reason < 0 ? comment.end : Math.max(listStart, comment.start + reason);
  return { ...comment, wholeFile: begin[1] !== undefined, names, listStart, listEnd };
};

const collect = (sections: readonly Section[], things: Span[]): void => {
  for (const section of sections) {
    things.push({ start: section.start, end: section.headerEnd });
    for (const entry of section.entries) things.push(entry);
    collect(section.sections, things);
  }
};

/** Headers, assignments and what should be one, in the order of the text. */
const thingsIn = (document: ConfigDocument): readonly Span[] => {
  const things: Span[] = [...document.loose, ...document.mistakes];
  collect(document.sections, things);
  return things.sort((a, b) => a.start - b.start);
};

/** How many of spans in the order of the text begin before `offset`. */
const countBefore = (spans: readonly Span[], offset: number): number =>
  countUpTo(spans, ({ start }) => start, offset - 1);

/** What a comment speaks of: the assignment that it stands in, or what comes next. */
const subjectOf = (things: readonly Span[], comment: Span): Span | undefined => {
  const from = countBefore(things, comment.start);
  const before = things[from - 1];
  return before !== undefined && comment.end <= before.end ? before : things[from];
};

const removeName = (text: string, comment: IgnoreComment, name: RuleName, at: number): Fix => {
  if (comment.names.length > 1) {
    const next = comment.names[at + 1];
    const before = comment.names[at - 1];
    const start = next === undefined && before !== undefined ? before.end : name.start;
    return {
      title: l10n.t`Remove ${name.name} from this comment`,
      changes: [{ start, end: next === undefined ? name.end : next.start, text: '' }],
      preferred: true,
    };
  }
  let { start, end } = comment;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  if (text[end] === '\r') end++;
  if (text[end] === '\n') end++;
  return { title: l10n.t('Remove this comment'), changes: [{ start, end, text: '' }], preferred: true };
};

const say = (info: RuleInfo, span: Span, line: number, message: string, fix?: Fix): Finding => ({
  rule: info.id,
  severity: info.severity,
  effect: info.effect,
  message,
  start: span.start,
  end: span.end,
  line,
  tag: 'unnecessary',
  ...(fix === undefined ? {} : { fixes: [fix] }),
});

/** Leaves out what comments ask to leave out, and says which of these comments do nothing. */
export const applyIgnoreComments = (
  { document, textDocument, type }: SourceFile,
  findings: readonly Finding[],
  context: Context,
): readonly Finding[] => {
  const text = textDocument.getText();
  if (!text.includes(mark)) return findings;
  const comments = document.comments.flatMap((span) => readIgnoreComment(text, span) ?? []);
  if (comments.length === 0) return findings;
  const known = new Set([...type.rules, ...ignoreCommentRules].map(({ id }) => id));
  const things = thingsIn(document);
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) {
    const ofRule = byRule.get(finding.rule);
    if (ofRule === undefined) byRule.set(finding.rule, [finding]);
    else ofRule.push(finding);
  }
  const left = new Set(findings);
  const about: Finding[] = [];
  const wholeFile: Span = { start: 0, end: text.length };
  // Many comments can speak of one thing, and all it says of a rule is taken out by the first.
  const done = new Map<Span, Map<string, boolean>>();
  /** Takes out what that rule says of a thing; whether there was something. */
  const ignore = (rule: string, subject: Span | undefined): boolean => {
    if (subject === undefined) return false;
    const ofSubject = done.get(subject) ?? new Map<string, boolean>();
    done.set(subject, ofSubject);
    const known = ofSubject.get(rule);
    if (known !== undefined) return known;
    const ofRule = byRule.get(rule) ?? [];
    const ignored = ofRule.slice(countBefore(ofRule, subject.start), countBefore(ofRule, subject.end + 1));
    for (const finding of ignored) left.delete(finding);
    ofSubject.set(rule, ignored.length > 0);
    return ignored.length > 0;
  };
  for (const comment of comments) {
    const line = textDocument.positionAt(comment.start).line + 1;
    const subject = comment.wholeFile ? wholeFile : subjectOf(things, comment);
    if (comment.names.length === 0)
      about.push(say(unusedIgnore, comment, line, l10n.t('This comment names no rule, so it ignores none.')));
    for (const [at, name] of comment.names.entries()) {
      if (!known.has(name.name)) {
        const message = l10n.t`There is no rule “${name.name}” for this file.`;
        about.push(say(unknownRule, name, line, message, removeName(text, comment, name, at)));
        continue;
      }
      if (ignore(name.name, subject) || context.severities[name.name] === 'off') continue;
      const message = comment.wholeFile
        ? l10n.t`There is nothing for “${name.name}” to ignore in this file.`
        : l10n.t`There is nothing for “${name.name}” to ignore in the line below.`;
      about.push(say(unusedIgnore, name, line, message, removeName(text, comment, name, at)));
    }
  }
  return [...left, ...about];
};
