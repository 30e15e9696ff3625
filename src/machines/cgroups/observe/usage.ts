/** What a group and all below it use. A field is absent where the kernel does not count it, or not yet. */
export interface Usage {
  /** Processes and their threads. */
  readonly tasks?: number;
  /** Per cent of one processor, from the last two samples. */
  readonly cpu?: number;
  /** Bytes. */
  readonly memory?: number;
  /** Bytes each second, from the last two samples. */
  readonly read?: number;
  readonly written?: number;
}

/** The counters of one moment, from which rates are made. */
export interface Counters {
  readonly tasks?: number;
  /** Those of the group itself, where no controller counts tasks. */
  readonly ownTasks?: number;
  /** Microseconds of processor time so far. */
  readonly cpu?: number;
  readonly memory?: number;
  /** Bytes so far. */
  readonly read?: number;
  readonly written?: number;
}

// Counters restart where a group has gone and come again under the same name.
const rate = (now: number | undefined, before: number | undefined, seconds: number): number | undefined =>
  now === undefined || before === undefined || now < before || seconds <= 0 ? undefined : (now - before) / seconds;

/** `seconds` lie between the two; without an earlier moment there are no rates. */
export const usageBetween = (now: Counters, before: Counters | undefined, seconds: number): Usage => {
  const cpu = rate(now.cpu, before?.cpu, seconds);
  const read = rate(now.read, before?.read, seconds);
  const written = rate(now.written, before?.written, seconds);
  return {
    ...(now.tasks === undefined ? {} : { tasks: now.tasks }),
    ...(now.memory === undefined ? {} : { memory: now.memory }),
    ...(cpu === undefined ? {} : { cpu: cpu / 10_000 }),
    ...(read === undefined ? {} : { read }),
    ...(written === undefined ? {} : { written }),
  };
};
