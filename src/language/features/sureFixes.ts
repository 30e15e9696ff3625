import { countBeginning } from '../applyChanges.ts';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';
import type { Finding, Fix, TextChange } from '../finding.ts';
import { endsAll, keepsWhatWorks, outcomeWith } from './sureFixes/outcome.ts';
import type { Outcome } from './sureFixes/outcome.ts';

/**
 * A rule prefers a fix by what it knows of its line; whether the fix is sure shows only when the text with it is judged as a
 * whole. That takes as long as judging the text itself, so it is done so many times at most: what could not be judged is not
 * sure.
 */
const mostTrials = 24;

/** How many characters may be judged in all these trials, so that nobody waits for a long text, and what a finding counts for. */
const mostCharacters = 600_000;
const charactersOfFinding = 50;

/** However long the text is, what has the file refused and what else there is in it are each tried as a whole. */
const trialsFor = (file: SourceFile, { findings }: Outcome): number => {
  const each = file.textDocument.getText().length + findings.length * charactersOfFinding;
  return Math.max(2, Math.min(mostTrials, Math.floor(mostCharacters / (each + 1))));
};

/** A fix that a rule prefers, with the finding that it is for. */
interface Candidate {
  readonly finding: Finding;
  readonly changes: readonly TextChange[];
}

const inOrder = (a: TextChange, b: TextChange): number => a.start - b.start || a.end - b.end;

const preferredOf = ({ fixes }: Finding): Fix | undefined => fixes?.find(({ preferred }) => preferred);

/** Of two that touch each other, the one of the earlier finding. A fix is taken as a whole or not at all. */
const withoutTouching = (findings: readonly Finding[]): readonly Candidate[] => {
  const taken: TextChange[] = [];
  const candidates: Candidate[] = [];
  // What is taken does not overlap, so of all that begin before the end of a change the last one reaches furthest.
  const isFree = ({ start, end }: TextChange): boolean => (taken[countBeginning(taken, end) - 1]?.end ?? -1) < start;
  for (const finding of findings) {
    const changes = preferredOf(finding)?.changes ?? [];
    if (changes.length === 0 || !changes.every(isFree)) continue;
    const sorted = [...changes].sort(inOrder);
    for (const change of sorted) taken.splice(countBeginning(taken, change.start), 0, change);
    candidates.push({ finding, changes: sorted });
  }
  return candidates;
};

const isRefusing = ({ effect }: Finding): boolean => effect === 'file-refused';

const outcomes = new WeakMap<SourceFile, { readonly context: Context; readonly outcome: Outcome }>();

/** What the text is now. */
const outcomeOf = (file: SourceFile, context: Context): Outcome => {
  const known = outcomes.get(file);
  if (known?.context === context) return known.outcome;
  const outcome = outcomeWith(file, [], context);
  outcomes.set(file, { context, outcome });
  return outcome;
};

class Trials {
  readonly #file: SourceFile;
  readonly #context: Context;
  #left: number;
  #sure: readonly Candidate[] = [];
  #outcome: Outcome;

  constructor(file: SourceFile, context: Context) {
    this.#file = file;
    this.#context = context;
    this.#outcome = outcomeOf(file, context);
    this.#left = trialsFor(file, this.#outcome);
  }

  get changes(): readonly TextChange[] {
    return this.#outcome.changes;
  }

  /** Takes all of them together if that is sound, else as many as are, which it finds out by halves. */
  take(group: readonly Candidate[]): void {
    if (group.length === 0 || this.#left === 0) return;
    this.#left--;
    const candidates = [...this.#sure, ...group];
    const changes = candidates.flatMap((candidate) => candidate.changes).sort(inOrder);
    const outcome = outcomeWith(this.#file, changes, this.#context);
    const findings = candidates.map(({ finding }) => finding);
    if (keepsWhatWorks(outcomeOf(this.#file, this.#context), this.#outcome, outcome) && endsAll(outcome, findings)) {
      this.#outcome = outcome;
      this.#sure = candidates;
    } else if (group.length > 1) {
      const middle = group.length >>> 1;
      this.take(group.slice(0, middle));
      this.take(group.slice(middle));
    }
  }
}

const known = new WeakMap<readonly Finding[], readonly TextChange[]>();

/** The changes of all sure fixes of a file in the order of the text; none touches another. */
export const sureChanges = (
  file: SourceFile,
  findings: readonly Finding[],
  context: Context,
): readonly TextChange[] => {
  const before = known.get(findings);
  if (before !== undefined) return before;
  const candidates = withoutTouching(findings);
  if (candidates.length === 0) return [];
  const trials = new Trials(file, context);
  // Only when the file is taken it shows what else there is in it.
  trials.take(candidates.filter(({ finding }) => isRefusing(finding)));
  trials.take(candidates.filter(({ finding }) => !isRefusing(finding)));
  known.set(findings, trials.changes);
  return trials.changes;
};

const judged = new WeakMap<Finding, boolean>();

/** Tells of a finding whether the fix that its rule prefers is sure on its own. */
export const createSureness = (file: SourceFile, context: Context): ((finding: Finding) => boolean) => {
  let left: number | undefined;
  return (finding) => {
    const before = judged.get(finding);
    if (before !== undefined) return before;
    const changes = [...(preferredOf(finding)?.changes ?? [])].sort(inOrder);
    if (changes.length === 0 || left === 0) return false;
    const now = outcomeOf(file, context);
    left = (left ?? trialsFor(file, now)) - 1;
    const outcome = outcomeWith(file, changes, context);
    const isSure = keepsWhatWorks(now, now, outcome) && endsAll(outcome, [finding]);
    judged.set(finding, isSure);
    return isSure;
  };
};
