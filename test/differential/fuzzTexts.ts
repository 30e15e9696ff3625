import type { LanguageId } from '../../src/language/fileType.ts';
import { decodeUtf8 } from '../../src/hostFacts/readText.ts';
import { generateFile } from './generate.ts';
import { mutate } from './mutate.ts';
import type { Random } from './random.ts';

const cgconfig = [
  'group web {\n  perm {\n    task { uid = root; gid = root; }\n    admin { uid = root; gid = root; }\n  }\n  cpu { cpu.shares = 100; }\n}\n',
  '# mounts\nmount {\n\tcpu = /sys/fs/cgroup/cpu;\n\t"cpu,nodev" = /mnt;\n}\n',
  'template users/%u { memory { memory.max = "1G"; } }\ndefault { perm { task { uid = a; } } }\n',
  'systemd { slice = a.slice; scope = b.scope; }\nnamespace { cpu = a; }\n',
];
const cgrules = [
  '# user  controllers  destination\n@students\tcpu,memory\tusers/%u/\n*\t*\tdefault/\n',
  'peter:/bin/sh  *  a b\n% cpu c\n',
  'root * / ignore\n"two words":x cpu "a b"\n',
];

const samplesOf = { nspawn: [], cgconfig, cgrules } as const;

const anyBytes = (random: Random): string =>
  decodeUtf8(Uint8Array.from(random.several(0, 300, () => random.below(random.pick([128, 256])))));

/** A text to be robust against: random bytes, or something meaningful that was changed in places. */
export const fuzzText = (random: Random, languageId: LanguageId): string => {
  if (random.onceIn(5)) return anyBytes(random);
  const samples = samplesOf[languageId];
  const start = samples.length === 0 ? generateFile(random, 239 + random.below(24)) : random.pick(samples);
  const from = random.below(start.length + 1);
  let text = random.onceIn(2) ? start : start.slice(from, from + random.below(400));
  for (let changes = random.below(8); changes > 0; changes--) text = mutate(text, random);
  return text;
};
