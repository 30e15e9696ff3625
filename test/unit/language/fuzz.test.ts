import { test } from 'node:test';
import { fileTypes } from '../../../src/language/fileTypes.ts';
import { defaultContext, newestSystemdVersion, oldestSystemdVersion } from '../../../src/language/context.ts';
import { askAboutFile, askEverywhere } from '../../differential/fuzz.ts';
import { fuzzText } from '../../differential/fuzzTexts.ts';
import { createRandom } from '../../differential/random.ts';

const shortText = 200;

for (const { languageId } of fileTypes)
  test(`no ${languageId} text is too strange: no feature throws, and formatting keeps the meaning`, async () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = createRandom(seed);
      const text = fuzzText(random, languageId);
      const systemdVersion = oldestSystemdVersion + (seed % (newestSystemdVersion - oldestSystemdVersion + 1));
      const context = { ...defaultContext, systemdVersion };
      try {
        askAboutFile(text, languageId, context);
        if (text.length <= shortText) await askEverywhere(text, languageId, context);
      } catch (error) {
        throw new Error(`seed ${seed}: ${JSON.stringify(text)}`, { cause: error });
      }
    }
  });
