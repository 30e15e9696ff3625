import type { Entry } from '../../document.ts';

/** The key and its sign with the blanks that the user wrote around it. */
export const assignmentHead = (text: string, entry: Entry): string => {
  const written = text.slice(entry.keyStart, entry.valueStart);
  return /[\r\n]/u.test(written) ? `${entry.key}=` : written;
};
