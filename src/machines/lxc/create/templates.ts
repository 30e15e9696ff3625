import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../../command.ts';
import { type Answers, isAnswer, type QuestionId, type Template, type TemplateQuestion } from '../../creation.ts';
import { MachineError } from '../../errors.ts';
import type { LxcPlaces } from '../places.ts';

/** What Debian, and with it the server of images, calls the processor of this host. */
const architecture =
  new Map<string, string>([
    ['x64', 'amd64'],
    ['ia32', 'i386'],
    ['arm', 'armhf'],
    ['ppc64', 'ppc64el'],
  ]).get(process.arch) ?? process.arch;

const word = (id: QuestionId, suggestions: readonly string[] = []): TemplateQuestion => ({
  id,
  form: 'word',
  suggestions,
});

/** An option of a template with the answer behind it. */
type OptionOf = Readonly<Partial<Record<QuestionId, string>>>;

interface KnownTemplate {
  readonly questions: readonly TemplateQuestion[];
  readonly options: OptionOf;
  readonly lists?: true;
}

/** Those whose options are asked one by one; of any other the person writes them. */
const known: ReadonlyMap<string, KnownTemplate> = new Map<string, KnownTemplate>([
  ['busybox', { questions: [], options: {} }],
  [
    'download',
    {
      questions: [word('distribution'), word('release'), word('architecture', [architecture])],
      options: { distribution: '--dist', release: '--release', architecture: '--arch' },
      lists: true,
    },
  ],
  [
    'debian',
    {
      questions: [
        word('release', ['trixie', 'bookworm', 'forky', 'sid']),
        word('architecture', [architecture]),
        { id: 'mirror', form: 'address', isOptional: true, suggestions: ['https://deb.debian.org/debian'] },
      ],
      options: { release: '--release', architecture: '--arch', mirror: '--mirror' },
    },
  ],
  [
    'local',
    {
      // LXC 5 wants both.
      questions: [
        { id: 'metadata', form: 'file', isOptional: true },
        { id: 'fstree', form: 'file' },
      ],
      options: { metadata: '--metadata', fstree: '--fstree' },
    },
  ],
]);

const anyOther: KnownTemplate = { questions: [{ id: 'arguments', form: 'arguments', isOptional: true }], options: {} };

const prefix = 'lxc-';

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** The rows of `lxc-download --list` that it takes without being told the variant: distribution, release, architecture, variant and build. */
export const imagesIn = (text: string): readonly Answers[] =>
  text.split('\n').flatMap((line): readonly Answers[] => {
    const [distribution = '', release = '', arch = '', variant, build, ...more] = line.trim().split(/\s+/u);
    if (variant !== 'default' || build === undefined || more.length > 0 || !/^\d/u.test(build)) return [];
    const isFit = [distribution, release, arch].every((one) => isAnswer({ form: 'word' }, one));
    return isFit ? [{ distribution, release, architecture: arch }] : [];
  });

/** That of LXC 5 ends with 1 behind its list, too, so what it says decides. */
const listScript = '"$1" --list || :';

/** What the template of downloads can bring. It asks a server three times for half a minute each, so it is not waited for that long. */
const listImages = (templates: string): Command<readonly Answers[]> => ({
  file: 'sh',
  args: ['-c', listScript, 'sh', join(templates, `${prefix}download`)],
  parse: ({ stdout, stderr }) => {
    const images = imagesIn(stdout);
    const detail = stderr.trim() === '' ? stdout : stderr;
    if (images.length === 0) throw new MachineError({ kind: 'unexpectedOutput', source: `${prefix}download`, detail });
    return images;
  },
  timeoutMs: 25_000,
});

const filesIn = (directory: string): readonly string[] => {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
};

/** The templates that are installed, by name. @throws MachineError noTemplates */
export const installedTemplates = ({ templates }: Pick<LxcPlaces, 'templates'>): readonly Template[] => {
  const names = filesIn(templates)
    .filter((file) => file.startsWith(prefix) && isProgram(join(templates, file)))
    .map((file) => file.slice(prefix.length))
    .sort();
  if (names.length === 0) throw new MachineError({ kind: 'noTemplates', directory: templates });
  return names.map((name) => {
    const { questions, lists } = known.get(name) ?? anyOther;
    if (lists !== true) return { name, questions };
    return { name, questions, list: ({ run }, signal) => run(listImages(templates), { signal }) };
  });
};

/** What stands behind `--` for a template. @throws MachineError invalidName for what is no answer to its question */
export const templateArguments = (template: string, answers: Answers, args: readonly string[]): readonly string[] => {
  const { questions, options } = known.get(template) ?? anyOther;
  const asked = questions.flatMap((question): readonly string[] => {
    const answer = answers[question.id] ?? '';
    if (question.form === 'arguments') return args;
    if (answer === '' && question.isOptional === true) return [];
    if (!isAnswer(question, answer))
      throw new MachineError({ kind: 'invalidName', name: answer, problem: answer === '' ? 'empty' : 'badCharacter' });
    return [`${options[question.id] ?? ''}=${answer}`];
  });
  return asked;
};
