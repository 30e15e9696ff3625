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

/** @param {string} text */
const escaped = (text) =>
  text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * Tables as text that JSON.parse reads: V8 does so several times faster than it runs the same as a literal, and compiled code
 * that is kept stays small. A table is read when its module is first needed.
 * @type {esbuild.Plugin}
 */
const tablesAsText = {
  name: 'tables as text',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]src[\\/]schema[\\/][^\\/]*\.json$/ }, async ({ path }) => {
      const text = escaped(JSON.stringify(JSON.parse(await readFile(path, 'utf8'))));
      return { contents: `export default JSON.parse(${JSON.stringify(text)});`, loader: 'js' };
    });
  },
};

/**
 * esbuild keeps other letters in templates that have a tag. A text of ASCII is read without being decoded, and V8 holds it in
 * half the memory. An escape stands for the letter in strings, in templates whose tag takes them cooked, and in patterns.
 * @type {esbuild.Plugin}
 */
const inAscii = {
  name: 'in ASCII',
  setup: (build) => {
    build.onEnd(async ({ metafile }) => {
      const files = Object.keys(metafile?.outputs ?? {}).filter((name) => name.endsWith('.js'));
      await Promise.all(
        files.map(async (file) => {
          const text = await readFile(file, 'utf8');
          const ascii = escaped(text);
          if (ascii !== text) await writeFile(file, ascii);
        }),
      );
    });
  },
};

/**
 * The linter is a function that is given `require`: Node.js calls it where the file is run, and keptCode.ts where it is compiled
 * there. To put that around it with each start would copy the whole text, twice.
 * @type {esbuild.Plugin}
 */
const linterAsFunction = {
  name: 'linter as function',
  setup: (build) => {
    build.onEnd(async ({ errors }) => {
      if (errors.length > 0) return;
      const file = `${outdir}/nspawn-lint.js`;
      const [, start = '', body = ''] = /^(#!.*\n"use strict";)(.*)$/su.exec(await readFile(file, 'utf8')) ?? [];
      const [code, map = ''] = body.split(/(?=\n\/\/# sourceMappingURL=)/u);
      const call = "(typeof module === 'undefined' ? (run) => run : (run) => run(require))(function (require) {";
      await writeFile(file, `${start}${call}${code}\n})${map}`);
    });
  },
};

/**
 * esbuild shares code between files only where they are ECMAScript modules. So the files of the extension are made as such, and each is then
 * turned into what require() takes, as VS Code loads it.
 * @type {esbuild.Plugin}
 */
const toCommonJs = {
  name: 'to CommonJS',
  setup: (build) => {
    build.onEnd(async ({ metafile }) => {
      const files = Object.keys(metafile?.outputs ?? {}).filter((name) => name.endsWith('.js'));
      await Promise.all(
        files.map(async (file) => {
          // As CommonJS gives it: esbuild would copy the whole interface of VS Code, once for each of our files that imports it.
          const text = (await readFile(file, 'utf8')).replaceAll(
            /(?<=^|;)import ?\* ?as ([\w$]+) from ?"vscode";/gmu,
            'const $1=require("vscode");',
          );
          const { code } = await esbuild.transform(text, {
            ...common,
            format: 'cjs',
            sourcefile: file,
            sourcemap: production ? false : 'inline',
          });
          await writeFile(file, code);
        }),
      );
    });
  },
};

const common = /** @type {const} */ ({
  platform: 'node',
  target: 'node22',
  // import() becomes require(), which gives the names of a CommonJS package, too.
  supported: { 'dynamic-import': false },
  minify: production,
  legalComments: 'none',
});

/** @type {esbuild.BuildOptions} */
const options = {
  ...common,
  entryPoints: {
    // Apart from the extension, and loaded with the first .nspawn file: the protocol is larger than all the rest.
    languageClient: 'src/ui/languageClient.ts',
    server: 'src/server/main.ts',
    'nspawn-lint': 'src/lint/main.ts',
    'nspawn-lint-start': 'src/lint/start.ts',
    ...Object.fromEntries(apart.map((name) => [name, name])),
  },
  outdir,
  bundle: true,
  format: 'cjs',
  // dbus-native reads XML only to introspect, which is never done here: 100 kB less.
  external: ['vscode', 'xml2js'],
  mainFields: ['module', 'main'],
  plugins: [keepApart, versionOnly, tablesAsText, inAscii, linterAsFunction],
  // The same without reading of files, for which Node.js would have to load more: locale.ts reads the bundle.
  alias: { '@vscode/l10n': '@vscode/l10n/dist/browser.js' },
  sourcemap: !production,
  logLevel: 'warning',
  metafile: true,
};

/**
 * What activation needs is extension.js and the files that it requires; what stands behind an import() lies in others, read when it is first
 * needed. Code that several need is in one file of its own, so a class is one class.
 * @type {esbuild.BuildOptions}
 */
const extension = {
  ...options,
  entryPoints: { extension: 'src/extension.ts' },
  format: 'esm',
  splitting: true,
  chunkNames: 'extension-[name]-[hash]',
  supported: {},
  sourcemap: production ? false : 'inline',
  plugins: [keepApart, toCommonJs, inAscii],
};

await rm(outdir, { recursive: true, force: true });
if (process.argv.includes('--watch')) {
  for (const one of [options, extension]) await (await esbuild.context(one)).watch();
} else {
  const results = await Promise.all([options, extension].map((one) => esbuild.build(one)));
  const inputs = results.flatMap(({ metafile }) => Object.entries(metafile?.inputs ?? {}));
  await writeFile(
    `${outdir}/ThirdPartyNotices.txt`,
    await thirdPartyNotices([...new Set(inputs.map(([name]) => name))]),
  );
  if (process.argv.includes('--metafile')) {
    const outputs = results.flatMap(({ metafile }) => Object.entries(metafile?.outputs ?? {}));
    await writeFile(
      `${outdir}/meta.json`,
      JSON.stringify({ inputs: Object.fromEntries(inputs), outputs: Object.fromEntries(outputs) }),
    );
  }
}
