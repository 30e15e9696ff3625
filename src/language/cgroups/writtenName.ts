/** What lex.l of libcgroup takes for a word of its own without quotes. */
const bareName = /^[A-Za-z0-9_\-/.,%@\\]+$/u;

/** Of some version; quotes never hurt. */
const keywords: ReadonlySet<string> = new Set([
  'mount',
  'task',
  'admin',
  'perm',
  'group',
  'namespace',
  'template',
  'default',
  'systemd',
]);

/** Whether a name needs quotes in a cgconfig.conf. */
export const needsQuotes = (name: string): boolean => !bareName.test(name) || keywords.has(name);
