import { lstat, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path/posix';

const maxLinks = 40;

/**
 * Where `path` leads when `root` stands for `/`: absolute links start there again, and `..` ends there.
 * @throws Error of node:fs, or for links that go round
 */
export const resolveInside = async (root: string, path: string): Promise<string> => {
  const top = await realpath(root);
  const waiting = path.split('/');
  let reached: string[] = [];
  let links = 0;
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      reached.pop();
      continue;
    }
    const next = join(top, ...reached, part);
    if (!(await lstat(next)).isSymbolicLink()) {
      reached.push(part);
      continue;
    }
    links += 1;
    if (links > maxLinks) throw new Error('too many links');
    const target = await readlink(next);
    if (target.startsWith('/')) reached = [];
    waiting.unshift(...target.split('/'));
  }
  return join(top, ...reached);
};

/** The kernel writes blanks, line ends and backslashes of names as three octal digits: bytes, not characters. */
export const unescapeOctal = (text: string): string => {
  if (!text.includes('\\')) return text;
  const bytes = Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/\\([0-3][0-7]{2})/gu, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};
