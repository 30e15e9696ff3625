const words = new Set(['mount', 'task', 'admin', 'perm', 'group', 'namespace', 'template', 'default', 'systemd']);

/** A name or a value as the lexer of libcgroup takes it back: with quotes where it is no single word of it. */
export const quoted = (text: string): string =>
  /^[\w\-/.,%@\\]+$/u.test(text) && !words.has(text) ? text : `"${text}"`;
