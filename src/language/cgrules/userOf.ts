/** The user of the first field of a rule, as it is written: what stands in front of the process. */
export const userOf = (key: string): string => key.replace(/:.*$/su, '');
