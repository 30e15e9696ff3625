/** Since when the manual says that there is a directive: man/systemd.nspawn.xml has its own marks for that. */

/** Version by `Section.Name`. */
export const parseAddedIn = (manual: string): ReadonlyMap<string, number> => {
  const added = new Map<string, number>();
  for (const part of manual.split(/<title>\[/u).slice(1)) {
    const section = /^\w+/u.exec(part)?.[0] ?? '';
    for (const [entry] of part.matchAll(/<varlistentry\b[^>]*>[\s\S]*?<\/varlistentry>/gu)) {
      const version = [...entry.matchAll(/xpointer="v(\d+)"/gu)].at(-1)?.[1];
      if (version === undefined) continue;
      for (const [, name = ''] of entry.matchAll(/<term><varname>(\w+)=<\/varname><\/term>/gu))
        added.set(`${section}.${name}`, Number(version));
    }
  }
  return added;
};
