import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url).pathname;
const text = readFileSync(`${root}docs/architecture.md`, 'utf8');

/** Every file and folder of the project, each folder with a slash at its end. */
const places: readonly string[] = globSync(['{src,test,scripts,docs,l10n}/**', '*.mjs'], {
  cwd: root,
  withFileTypes: true,
}).map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length - 1) + (entry.isDirectory() ? '/' : ''));

const escaped = (name: string): string => name.replace(/[$()+.?[\\\]^{|}]/gu, '\\$&').replaceAll('*', '[^/]*');

/** What the page names, and whether it is there; a path may leave out where it begins. */
const isThere = (path: string): boolean => places.some((place) => new RegExp(`/${escaped(path)}/?$`, 'u').test(place));

/** Requests of the server, which are named like paths. */
const requests = new Set(
  globSync('src/server/*.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(root + file, 'utf8').matchAll(/'(nspawn\/\w+)'/gu)].map(([, request]) => request),
  ),
);

/** Of the host, of packages, or built: nothing of the sources. */
const isElsewhere = (name: string): boolean =>
  /^(?:\/|@|dist\/|\.cache\/|cgconfig\.d\/|cgrules\.d\/)/u.test(name) || requests.has(name);

test('every path that docs/architecture.md names is there', () => {
  const named = [...text.matchAll(/`([^`\n]+)`/gu)].map(([, name = '']) => name);
  const paths = named.filter((name) => /^[\w@./*-]+$/u.test(name) && /\/|\.(?:ts|md|mjs|json)$/u.test(name));
  assert.ok(paths.length > 50);
  assert.deepEqual(
    [...new Set(paths)].filter((name) => !isElsewhere(name) && name !== 'backend.ts' && !isThere(name)),
    [],
  );
});

test('every page that docs/architecture.md leads to is there', () => {
  const pages = [...text.matchAll(/\]\(([^)#]+)\)/gu)].map(([, page = '']) => page);
  assert.deepEqual(
    pages.filter((page) => !isThere(`docs/${page}`)),
    [],
  );
});
