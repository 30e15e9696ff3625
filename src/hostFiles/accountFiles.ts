/** A line of passwd(5) or group(5) as it is written: whoever takes it judges what a name may be, and what it is used for. */
export interface WrittenAccount {
  readonly name: string;
  readonly id: number;
  /** The whole line; name, password and number are the first three. */
  readonly fields: readonly string[];
}

const accountIn = (line: string): readonly WrittenAccount[] => {
  const fields = line.split(':');
  const [name = '', password, id = ''] = fields;
  // A sign begins the lines of NIS, a `#` those that somebody has taken for a comment.
  if (password === undefined || !/^[^+\-#\s]/u.test(name) || !/^\d{1,10}$/u.test(id)) return [];
  return [{ name, id: Number(id), fields }];
};

/** The accounts of a passwd or a group file in its order, a name that comes again too; lines that make no sense are left out. */
export const accountsIn = (text: string): readonly WrittenAccount[] => text.split('\n').flatMap(accountIn);

/** People have these numbers; below are the system's own users, and above it ranges that systemd gives out. */
export const isPerson = (id: number): boolean => id >= 1000 && id < 60_000;
