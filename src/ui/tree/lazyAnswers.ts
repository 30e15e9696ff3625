/** Answers about machines that are only asked for when somebody looks, a few at a time, in the order of asking. */
export interface LazyAnswers<Answer> {
  /** The last answer, which stays readable while a newer one is on its way. */
  get(id: string): Answer | undefined;
  /** Why the last question failed; undefined when it did not. */
  failure(id: string): unknown;
  /** Queues those that have no answer yet, or an outdated one. */
  want(ids: Iterable<string>): void;
  /** Asks now, past the queue; resolves when `get` and `failure` have the answer. Never rejects. */
  ask(id: string): Promise<void>;
  /** What is known may be wrong now: it is asked again when wanted. */
  outdate(id: string): void;
  /** The same for all whose question failed. */
  outdateFailures(): void;
  forget(id: string): void;
  /** Empties the queue. */
  pause(): void;
}

interface LazyAnswersOptions<Answer> {
  readonly ask: (id: string) => Promise<Answer>;
  /** Called when an answer or a failure is there. */
  readonly onAnswer: (id: string) => void;
  /** A question that nobody answered because it was taken back: neither an answer nor a failure. */
  readonly isCancelled: (failure: unknown) => boolean;
  /** How many are asked at the same time. */
  readonly atOnce: number;
}

export const createLazyAnswers = <Answer>(options: LazyAnswersOptions<Answer>): LazyAnswers<Answer> => {
  const answers = new Map<string, Answer>();
  const failures = new Map<string, unknown>();
  const current = new Set<string>();
  const asked = new Map<string, Promise<void>>();
  const queue = new Set<string>();

  const settle = (id: string, question: { over: boolean }, keep: () => void): void => {
    // Outdated or forgotten while it was on its way: the late answer to an older question does not count.
    if (question.over) return;
    asked.delete(id);
    current.add(id);
    failures.delete(id);
    keep();
    options.onAnswer(id);
  };

  const questions = new Map<string, { over: boolean }>();
  const ask = (id: string): Promise<void> => {
    queue.delete(id);
    const pending = asked.get(id);
    if (pending !== undefined) return pending;
    if (current.has(id)) return Promise.resolve();
    const question = { over: false };
    questions.set(id, question);
    const answered = options.ask(id).then(
      (answer) => settle(id, question, () => answers.set(id, answer)),
      (failure: unknown) => {
        if (!options.isCancelled(failure)) settle(id, question, () => failures.set(id, failure));
        else if (!question.over) outdate(id);
      },
    );
    asked.set(id, answered);
    void answered.then(next);
    return answered;
  };

  const next = (): void => {
    for (const id of queue) {
      if (asked.size >= options.atOnce) return;
      void ask(id);
    }
  };

  const outdate = (id: string): void => {
    current.delete(id);
    asked.delete(id);
    const question = questions.get(id);
    if (question !== undefined) question.over = true;
    questions.delete(id);
  };

  return {
    get: (id) => answers.get(id),
    failure: (id) => failures.get(id),
    want: (ids) => {
      for (const id of ids) if (!current.has(id) && !asked.has(id)) queue.add(id);
      next();
    },
    ask,
    outdate,
    outdateFailures: () => {
      for (const id of failures.keys()) outdate(id);
    },
    forget: (id) => {
      outdate(id);
      queue.delete(id);
      answers.delete(id);
      failures.delete(id);
    },
    pause: () => queue.clear(),
  };
};

/**
 * Which rows of a list are asked for their details. VS Code does not tell what is scrolled into view: it asks for the item
 * of every row of an expanded group, a thousand at once, and for a tooltip only under the mouse. Asking machined about
 * a thousand machines takes it two seconds, and a screen holds fewer than a hundred rows (22 pixels each, 2,160 high). So
 * the first hundred of each expanded group are asked, in their order; and wherever the user hovers, selects or expands,
 * that row shows which part of a longer list is on the screen: then its neighbours are asked, fifty to each side.
 */
export const firstInSight = 100;
const neighbours = 50;

/** The rows near `index`, itself first, then by distance, so that what is looked at is answered first. */
export const rowsAround = <Row>(rows: readonly Row[], index: number): readonly Row[] => {
  const offsets = Array.from({ length: neighbours }, (_, distance) => [distance + 1, -distance - 1]).flat();
  return [0, ...offsets].flatMap((offset) => rows[index + offset] ?? []);
};
