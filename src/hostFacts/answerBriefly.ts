/** How long an answer counts, so that typing on asks nothing new. */
const freshMs = 1_000;
/** A host that takes longer, such as for a network file system that does not answer, counts as having nothing. */
const patienceMs = 800;
/** Answers that are kept at a time. */
const mostKept = 50;
/**
 * Questions that may hang at a time. Each holds one of the four threads that read all files of this process, and nobody can
 * take it back; so with these nothing is asked any more until one of them is answered.
 */
const mostHanging = 2;

/**
 * Asks a question for which an empty answer is better than a late one. What fails is empty, too: no right to look, or
 * nothing there.
 */
export type AnswerBriefly = <Answer>(question: string, empty: Answer, ask: () => Promise<Answer>) => Promise<Answer>;

export const createAnswerBriefly = (now: () => number = () => performance.now()): AnswerBriefly => {
  const kept = new Map<string, { readonly at: number; readonly answer: Promise<unknown> }>();
  const hanging = new Set<Promise<unknown>>();
  return <Answer>(question: string, empty: Answer, ask: () => Promise<Answer>): Promise<Answer> => {
    const last = kept.get(question);
    // A question is always asked in the same words for the same kind of answer.
    if (last !== undefined && now() - last.at < freshMs) return last.answer as Promise<Answer>;
    if (hanging.size >= mostHanging) return Promise.resolve(empty);
    const answer = new Promise<Answer>((resolve) => {
      const asked = ask();
      const timer = setTimeout(() => {
        hanging.add(asked);
        resolve(empty);
      }, patienceMs);
      asked
        .then(resolve, () => resolve(empty))
        .finally(() => {
          clearTimeout(timer);
          hanging.delete(asked);
        });
    });
    if (kept.size >= mostKept) kept.clear();
    kept.set(question, { at: now(), answer });
    return answer;
  };
};
