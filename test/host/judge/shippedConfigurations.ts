import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readIncludedNow } from '../../../src/hostFacts/includedFiles.ts';
import { placeOf } from '../../../src/hostFacts/place.ts';
import { defaultContext } from '../../../src/language/context.ts';
import type { SourceFile } from '../../../src/language/fileType.ts';
import type { Finding } from '../../../src/language/finding.ts';
import { gatherIncludes, type Included, type Includes } from '../../../src/language/includes.ts';
import { languageFeatures, openFile } from '../../../src/language/languageService.ts';
import { judgedLxc } from '../../../src/language/lxc/judgedType.ts';
import type { LxcRelease } from '../../../src/schema/lxcTypes.ts';

const directory = '/usr/share/lxc/config';
const container = '/var/lib/lxc/web/config';

/** A busy machine may need it. */
const patienceMs = 60_000;

const fileOf = (path: string, text: string): SourceFile => {
  const file = openFile(TextDocument.create(`file://${path}`, 'lxc', 0, text), 'lxc');
  if (file === undefined) throw new Error('no language of ours');
  return file;
};

/** What is found in the configurations that the packages of LXC bring, and in that of a container that includes them, as far as a person would mend it. */
export const findingsInShipped = (
  root: string,
  lxcVersion: LxcRelease,
): { readonly read: number; readonly serious: readonly string[] } => {
  const known = new Map<string, Included>();
  const includesOf = (path: string, file: SourceFile): Includes => {
    for (;;) {
      const { at, missing } = gatherIncludes(file, (one) => known.get(one));
      if (missing.length === 0) return { from: path, at };
      for (const one of readIncludedNow(missing, judgedLxc, { root, patienceMs })) known.set(...one);
    }
  };
  const findingsIn = (path: string, file: SourceFile): readonly Finding[] =>
    languageFeatures.diagnose(file, {
      ...defaultContext,
      lxcVersion,
      place: placeOf(path, defaultContext.systemdVersion),
      includes: includesOf(path, file),
    });
  const shipped = readdirSync(join(root, directory)).filter((name) => name.endsWith('.conf'));
  const paths = ['/etc/lxc/default.conf', ...shipped.map((name) => `${directory}/${name}`)];
  const own = paths.map(
    (path) =>
      [
        container,
        fileOf(
          container,
          `lxc.include = ${path}\nlxc.rootfs.path = dir:/var/lib/lxc/web/rootfs\nlxc.uts.name = web\nlxc.arch = amd64\n`,
        ),
      ] as const,
  );
  for (const [path, file] of own) includesOf(path, file);
  const files = paths.map((path) => {
    const one = known.get(path);
    if (one?.kind !== 'file') throw new Error(`${path} is not read`);
    return [path, one.file] as const;
  });
  const serious = [...own, ...files].flatMap(([path, file]) =>
    findingsIn(path, file)
      .filter(({ severity }) => severity === 'error' || severity === 'warning')
      .map(({ line, rule, message }) => `${path}:${line}: ${message} [${rule}]`),
  );
  return { read: files.length, serious };
};
