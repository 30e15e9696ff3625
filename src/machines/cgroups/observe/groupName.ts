/** What a group is by its name alone; whether systemd of this host made it is another question (`groupOwner.ts`). */
export type NameKind = 'slice' | 'scope' | 'service' | 'unit' | 'plain';

const unitSuffix = /.\.(?<type>slice|scope|service|socket|mount|swap)$/u;

// systemd's unit_name_is_valid(): these characters, at most 255 of them, one `@` at most before the last part.
const unitName = /^[\w:.\\@-]{1,255}$/u;

/**
 * systemd puts `_` before a name of a unit that would collide with a file of the kernel, or that begins with `_` or `.`.
 * This is cg_unescape().
 */
export const unescapeGroup = (name: string): string => (name.startsWith('_') ? name.slice(1) : name);

export const kindOfName = (name: string): NameKind => {
  const unit = unescapeGroup(name);
  const type = unitName.test(unit) ? unitSuffix.exec(unit)?.groups?.['type'] : undefined;
  switch (type) {
    case undefined:
      return 'plain';
    case 'slice':
    case 'scope':
    case 'service':
      return type;
    default:
      return 'unit';
  }
};

const escaped = /\\x([0-9a-f]{2})/giu;

/**
 * The name for people: a unit's `\x2d` is `-` again. Bytes that make no text of UTF-8 stay as they were written. Not safe to show
 * before it has been made so: it can hold anything now.
 */
export const readableName = (name: string): string => {
  const unit = unescapeGroup(name);
  if (kindOfName(name) === 'plain' || !unit.includes('\\x')) return unit;
  const bytes = unit.replace(escaped, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? unit : text;
};

/** The last part of a path, `/` for the root. */
export const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1) || '/';

/** The group above; undefined for the root. */
export const parentPath = (path: string): string | undefined => {
  if (path === '/') return undefined;
  const slash = path.lastIndexOf('/');
  return slash === 0 ? '/' : path.slice(0, slash);
};

export const childPath = (path: string, name: string): string => (path === '/' ? `/${name}` : `${path}/${name}`);
