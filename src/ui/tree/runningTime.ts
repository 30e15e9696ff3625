/** How long something has been going on, as coarse as a glance needs it. */
export interface RunningTime {
  readonly unit: 'moment' | 'minutes' | 'hours' | 'days';
  /** 0 for a moment. */
  readonly count: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Milliseconds from which on each unit is used, the coarsest first: minutes up to an hour, hours up to two days. */
const steps = [
  { unit: 'days', length: day, from: 2 * day },
  { unit: 'hours', length: hour, from: hour },
  { unit: 'minutes', length: minute, from: minute },
] as const;

/** Both in milliseconds since the epoch. A beginning in the future, as after a change of the clock, is a moment ago. */
export const runningTime = (since: number, now: number): RunningTime => {
  const age = now - since;
  const step = steps.find(({ from }) => age >= from);
  return step === undefined ? { unit: 'moment', count: 0 } : { unit: step.unit, count: Math.floor(age / step.length) };
};

/** The first moment after `now` at which `runningTime` says something else, in milliseconds since the epoch. */
export const nextChange = (since: number, now: number): number => {
  const { unit, count } = runningTime(since, now);
  switch (unit) {
    case 'moment':
      return since + minute;
    case 'minutes':
      return since + (count + 1) * minute;
    case 'hours':
      return since + (count + 1) * hour;
    case 'days':
      return since + (count + 1) * day;
  }
};
