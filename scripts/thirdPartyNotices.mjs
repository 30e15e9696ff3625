// The licences of the packages that are really in the bundles, as MIT, ISC, Apache-2.0 and BlueOak demand of whoever passes them on.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The directories of the packages that a build has read from, each once and sorted.
 * @param {readonly string[]} inputs
 * @returns {string[]}
 */
export const packagesIn = (inputs) =>
  [
    ...new Set(
      inputs.flatMap(
        (input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/u.exec(input.replaceAll('\\', '/'))?.[0] ?? [],
      ),
    ),
  ].sort();

/**
 * @param {string} author
 */
const mit = (author) => `MIT License

Copyright (c) ${author}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/**
 * For a package that names its licence and brings no text of it.
 * @param {string} name
 * @param {unknown} license
 * @param {unknown} author
 * @returns {string}
 */
const licenceWithoutFile = (name, license, author) => {
  if (license === 'MIT' && typeof author === 'string') return mit(author);
  throw new Error(`${name} brings no text of its licence, so it cannot be passed on.`);
};

/**
 * @param {string} directory
 * @returns {Promise<string>}
 */
const noticeOf = async (directory) => {
  /** @type {unknown} */
  const manifest = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null) throw new Error(`${directory}/package.json is no object.`);
  const { name, version, license, author } = /** @type {Record<string, unknown>} */ (manifest);
  const files = (await readdir(directory))
    .filter((file) => /^(?:licen[cs]e|copying|notice|thirdpartynotices)(?:[.-]|$)/iu.test(file))
    .sort();
  const texts = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')));
  if (texts.length === 0) texts.push(licenceWithoutFile(String(name), license, author));
  return `${String(name)} ${String(version)} (${String(license)})\n\n${texts.map((text) => text.trim()).join('\n\n')}\n`;
};

const line = `\n${'-'.repeat(80)}\n\n`;

/**
 * The text of ThirdPartyNotices.txt for what a build has read.
 * @param {readonly string[]} inputs
 * @returns {Promise<string>}
 */
export const thirdPartyNotices = async (inputs) => {
  const notices = await Promise.all(packagesIn(inputs).map(noticeOf));
  return ['This extension holds parts of the following packages, under their licences.\n', ...notices].join(line);
};
