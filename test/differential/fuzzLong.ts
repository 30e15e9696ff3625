/**
 * Puts random and changed texts through every feature, and through those at a cursor at every place of the short ones. Prints the text at which one
 * throws, makes nonsense or takes longer than the budget:
 *
 *     node test/differential/fuzzLong.ts [--bytes 10000000] [--seed N] [--language nspawn]… [--budget 2000]
 */
import { parseArgs } from 'node:util';
import { defaultContext, newestSystemdVersion, oldestSystemdVersion } from '../../src/language/context.ts';
import type { LanguageId } from '../../src/language/fileType.ts';
import { fileTypes } from '../../src/language/fileTypes.ts';
import { progress } from '../rig/progress.ts';
import { askAboutFile, askEverywhere } from './fuzz.ts';
import { fuzzText } from './fuzzTexts.ts';
import { createRandom } from './random.ts';

const { values } = parseArgs({
  options: {
    bytes: { type: 'string', default: '10000000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    language: { type: 'string', multiple: true },
    /** Milliseconds that one text may take, at all of its places together. */
    budget: { type: 'string', default: '2000' },
  },
});

const languages = fileTypes.map(({ languageId }) => languageId).filter((id) => values.language?.includes(id) ?? true);
const shortText = 150;

const trouble = async (seed: number, text: string, languageId: LanguageId): Promise<string | undefined> => {
  const systemdVersion = oldestSystemdVersion + (seed % (newestSystemdVersion - oldestSystemdVersion + 1));
  const context = { ...defaultContext, systemdVersion };
  const began = performance.now();
  try {
    askAboutFile(text, languageId, context);
    if (text.length <= shortText) await askEverywhere(text, languageId, context);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const took = performance.now() - began;
  return took > Number(values.budget) ? `took ${Math.round(took)} ms` : undefined;
};

const fuzz = async (languageId: LanguageId): Promise<number> => {
  const wanted = Number(values.bytes) / languages.length;
  let bytes = 0;
  let texts = 0;
  let troubles = 0;
  for (let seed = Number(values.seed); bytes < wanted; seed++) {
    const text = fuzzText(createRandom(seed), languageId);
    const found = await trouble(seed, text, languageId);
    bytes += text.length;
    texts++;
    if (texts % 2000 === 0) progress.say(`${languageId}: ${texts} texts, ${bytes} characters, ${troubles} in trouble`);
    if (found === undefined) continue;
    troubles++;
    if (troubles <= 10) console.log(`${languageId}, seed ${seed}: ${JSON.stringify(text)}\n${found}`);
  }
  progress.say(`${languageId}: ${texts} texts, ${bytes} characters, ${troubles} in trouble`);
  return troubles;
};

console.log(`seed ${values.seed}`);
let troubles = 0;
for (const languageId of languages) troubles += await fuzz(languageId);
process.exitCode = troubles === 0 ? 0 : 1;
