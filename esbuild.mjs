// Builds the bundles. `--production` minifies, `--watch` rebuilds on change, `--metafile` writes meta.json,
// `--outdir=DIRECTORY` builds elsewhere than in dist.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { thirdPartyNotices } from './scripts/thirdPartyNotices.mjs';

const production = process.argv.includes('--production');
const outdir = process.argv.find((argument) => argument.startsWith('--outdir='))?.slice('--outdir='.length) ?? 'dist';

const manifestPath = fileURLToPath(new URL('package.json', import.meta.url));

/** Packages that the extension imports when it first needs them, each in a file of its own: activation does not read them. */
const apart = ['execa', 'dbus-native'];

/** @type {esbuild.Plugin} */
const keepApart = {
  name: 'keep apart',
  setup: (build) => {
    build.onResolve({ filter: new RegExp(`^(${apart.join('|')})$`) }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: `./${path}.js`, external: true } : undefined,
    );
  },
};

/**
 * All that is used of the manifest is the version; the rest is not worth the time that the linter takes to read it.
 * @type {esbuild.Plugin}
 */
const versionOnly = {
  name: 'version only',
  setup: (build) => {
    build.onLoad({ filter: /^.*\/package\.json$/ }, async ({ path }) => {
      if (path !== manifestPath) return undefined;
      const version = /"version": "(.*)"/u.exec(await readFile(path, 'utf8'))?.[1];
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** @type {esbuild.BuildOptions} */
const options = {
  entryPoints: {
    extension: 'src/extension.ts',
    // Apart from the extension, and loaded with the first .nspawn file: the protocol is larger than all the rest.
    languageClient: 'src/ui/languageClient.ts',
    server: 'src/server/main.ts',
    'nspawn-lint': 'src/lint/main.ts',
    'nspawn-lint-start': 'src/lint/start.ts',
    ...Object.fromEntries(apart.map((name) => [name, name])),
  },
  outdir,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  // dbus-native reads XML only to introspect, which is never done here: 100 kB less.
  external: ['vscode', 'xml2js'],
  mainFields: ['module', 'main'],
  // import() becomes require(), which gives the names of a CommonJS package, too.
  supported: { 'dynamic-import': false },
  plugins: [keepApart, versionOnly],
  // The same without reading of files, for which Node.js would have to load more: locale.ts reads the bundle.
  alias: { '@vscode/l10n': '@vscode/l10n/dist/browser.js' },
  minify: production,
  sourcemap: !production,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

await rm(outdir, { recursive: true, force: true });
if (process.argv.includes('--watch')) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  const result = await esbuild.build(options);
  await writeFile(
    `${outdir}/ThirdPartyNotices.txt`,
    await thirdPartyNotices(Object.keys(result.metafile?.inputs ?? {})),
  );
  if (process.argv.includes('--metafile')) await writeFile(`${outdir}/meta.json`, JSON.stringify(result.metafile));
}
