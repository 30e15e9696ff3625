/** Answers about machines that are only asked for when somebody looks, a few at a time, in the order of asking. */
export interface LazyAnswers<Answer> {
  /** The last answer, which stays readable while a newer one is on its way. */
  get(name: string): Answer | undefined;
  /** Why the last question failed; undefined when it did not. */
  failure(name: string): unknown;
  /** Queues those that have no answer yet, or an outdated one. */
  want(names: Iterable<string>): void;
  /** Asks now, past the queue; resolves when `get` and `failure` have the answer. Never rejects. */
  ask(name: string): Promise<void>;
  /** What is known may be wrong now: it is asked again when wanted. */
  outdate(name: string): void;
  /** The same for all whose question failed. */
  outdateFailures(): void;
  forget(name: string): void;
  /** Empties the queue. */
  pause(): void;
}

interface LazyAnswersOptions<Answer> {
  readonly ask: (name: string) => Promise<Answer>;
  /** Called when an answer or a failure is there. */
  readonly onAnswer: (name: string) => void;
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

  const settle = (name: string, question: { over: boolean }, keep: () => void): void => {
    // Outdated or forgotten while it was on its way: the late answer to an older question does not count.
    if (question.over) return;
    asked.delete(name);
    current.add(name);
    failures.delete(name);
    keep();
    options.onAnswer(name);
  };

  const questions = new Map<string, { over: boolean }>();
  const ask = (name: string): Promise<void> => {
    queue.delete(name);
    const pending = asked.get(name);
    if (pending !== undefined) return pending;
    if (current.has(name)) return Promise.resolve();
    const question = { over: false };
    questions.set(name, question);
    const answered = options.ask(name).then(
      (answer) => settle(name, question, () => answers.set(name, answer)),
      (failure: unknown) => {
        if (!options.isCancelled(failure)) settle(name, question, () => failures.set(name, failure));
        else if (!question.over) outdate(name);
      },
    );
    asked.set(name, answered);
    void answered.then(next);
    return answered;
  };

  const next = (): void => {
    for (const name of queue) {
      if (asked.size >= options.atOnce) return;
      void ask(name);
    }
  };

  const outdate = (name: string): void => {
    current.delete(name);
    asked.delete(name);
    const question = questions.get(name);
    if (question !== undefined) question.over = true;
    questions.delete(name);
  };

  return {
    get: (name) => answers.get(name),
    failure: (name) => failures.get(name),
    want: (names) => {
      for (const name of names) if (!current.has(name) && !asked.has(name)) queue.add(name);
      next();
    },
    ask,
    outdate,
    outdateFailures: () => {
      for (const name of failures.keys()) outdate(name);
    },
    forget: (name) => {
      outdate(name);
      queue.delete(name);
      answers.delete(name);
      failures.delete(name);
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
