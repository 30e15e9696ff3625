/** Whether a destination names a group for each user, as %u (the name) and %U (the number) do. */
export const perUserSlice = (name: string): boolean => /(?<!\\)%[uU]/u.test(name) && !/(?<!\\)%[gGpP]/u.test(name);

/** Whether a destination depends on who is put there. */
export const isTemplate = (name: string): boolean => /(?<!\\)%[uUgGpP]/u.test(name);
