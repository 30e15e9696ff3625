import type { SettingsInForce } from '../../protocol/settingsInForce.ts';
import type { DirectiveSchema, ValueType } from '../../schema/types.ts';
import type { Context } from '../context.ts';
import type { ConfigDocument, Entry, Section } from '../document.ts';
import type { Finding } from '../finding.ts';
import { countUpTo } from '../sorted.ts';
import { commentAfterValue } from './values/commonMistakes.ts';
import { valueTypeOf } from './values/valueKinds.ts';
import { Cancelled } from './crossRules/cancelled.ts';
import { checkRefusals } from './crossRules/checkRefusals.ts';
import { mappedBindFindings } from './crossRules/mappedBinds.ts';
import { notThereYetFindings } from './crossRules/notThereYet.ts';
import { onHostFindings } from './crossRules/onHost.ts';
import { ownershipEntry, startUps } from './crossRules/startUp.ts';
import { Surprises } from './crossRules/surprises.ts';
import { directivesOf, isExtension, isKnownIn } from './directives.ts';
import { FileSettings } from './fileSettings.ts';
import { keptPart } from './keptPart.ts';
import { checkUnknownKey, checkVersion } from './keyRules.ts';
import { parseNspawn } from './parse.ts';
import { PlaceCheck } from './placeRules.ts';
import { RepeatCheck } from './repeatRules.ts';
import { checkSection } from './sectionRules.ts';
import { checkSyntax, headerProblem } from './syntaxRules.ts';
import { noteBehindValue, withMoveFix } from './trailingNote.ts';
import { valueFinding, valueJudge, type ValueJudge } from './valueRules.ts';
import { refusalRules } from './crossRules/refusals.ts';

class NspawnCheck {
  readonly findings: Finding[] = [];
  readonly #document: ConfigDocument;
  readonly #text: string;
  /** Where they begin, in the order of the text. */
  readonly #mistakes: readonly number[];
  readonly #context: Context;
  readonly #judge: ValueJudge;
  readonly #types = new Map<DirectiveSchema, ValueType>();
  readonly #settings = new FileSettings();
  readonly #repeats: RepeatCheck;
  readonly #place: PlaceCheck;
  /** Where the line begins for which systemd refuses the whole file; it does not look at what stands behind it. */
  #refusedAt = Infinity;

  constructor(document: ConfigDocument, text: string, context: Context) {
    this.#document = document;
    this.#text = text;
    this.#mistakes = document.mistakes.map(({ start }) => start).sort((a, b) => a - b);
    this.#context = context;
    this.#judge = valueJudge(context);
    this.#repeats = new RepeatCheck(text, this.#settings, this.findings, context.systemdVersion);
    this.#place = new PlaceCheck(context, this.findings);
  }

  run(): void {
    const { systemdVersion } = this.#context;
    const syntax = checkSyntax(this.#document, this.#text, systemdVersion);
    this.#refusedAt = syntax.find(({ effect }) => effect === 'file-refused')?.start ?? Infinity;
    for (const section of this.#document.sections) {
      if (section.start > this.#refusedAt) break;
      this.#section(section);
    }
    for (const finding of syntax) if (finding.start <= this.#refusedAt) this.findings.push(finding);
    this.#place.file(this.#text);
    if (this.#refusedAt === Infinity) this.#wholeFile();
  }

  #section(section: Section): void {
    const bad = headerProblem(section, this.#context.systemdVersion);
    if (bad !== undefined) {
      this.findings.push(bad);
      this.#refusedAt = section.start;
      return;
    }
    checkSection(section, (one) => this.#hasMistake(one), this.#text, this.findings);
    const known = directivesOf.get(section.name);
    if (known === undefined) return;
    const { systemdVersion } = this.#context;
    for (const entry of section.entries) {
      if (entry.start > this.#refusedAt) return;
      const directive = known.get(entry.key);
      if (directive !== undefined) {
        if (isKnownIn(directive, systemdVersion)) this.#entry(entry, directive);
        else this.findings.push(checkVersion(entry, directive, systemdVersion));
      } else if (!isExtension(entry.key))
        this.findings.push(checkUnknownKey(entry, section, this.#document, this.#text, systemdVersion));
    }
  }

  #hasMistake({ start, end }: Section): boolean {
    return countUpTo(this.#mistakes, (at) => at, end - 1) > countUpTo(this.#mistakes, (at) => at, start - 1);
  }

  #typeOf(directive: DirectiveSchema): ValueType | undefined {
    const known = this.#types.get(directive);
    if (known !== undefined) return known;
    const type = valueTypeOf(directive, this.#context.systemdVersion);
    if (type !== undefined) this.#types.set(directive, type);
    return type;
  }

  #entry(entry: Entry, directive: DirectiveSchema): void {
    const type = this.#typeOf(directive);
    if (type === undefined) return;
    let taken = true;
    let noted = false;
    const problems = this.#judge(directive, entry.value);
    for (const problem of problems) {
      // What is left out when the machine is started cannot keep it from starting.
      if (problem.effect === 'start-refused' && this.#place.leavesOut(directive)) continue;
      this.findings.push(withMoveFix(valueFinding(entry, problem), entry, problem.start, this.#text));
      if (problem.rule === commentAfterValue.id) noted = true;
      if (problem.effect === 'file-refused') this.#refusedAt = entry.start;
      if (problem.effect === 'ignored') taken = false;
    }
    const note = noted ? undefined : noteBehindValue(entry, type, taken, this.#text);
    if (note !== undefined) this.findings.push(note);
    // Which system calls there are is not looked at when systemd decides whether the lines count.
    if (type.kind === 'syscallFilter') this.#place.takeFilter(entry);
    const kept = keptPart(entry, problems, type, this.#context.systemdVersion);
    if (kept === undefined) return;
    // What is left out because of the place of the file is read all the same, and only then left out.
    this.#repeats.take(kept, directive, type);
    this.#place.take(entry, directive);
  }

  get inForce(): FileInForce {
    return { settings: this.#settings, startMode: this.#repeats.startMode, isRefused: this.#refusedAt !== Infinity };
  }

  #wholeFile(): void {
    const { systemdVersion } = this.#context;
    const { startMode } = this.#repeats;
    this.#place.leaveOut(this.#settings);
    const { direct, template } = startUps(this.#settings, startMode, systemdVersion);
    checkRefusals(direct, template, this.#document, this.#text, this.findings);
    new Cancelled(direct, this.#text, this.findings).check();
    this.findings.push(...mappedBindFindings(direct), ...onHostFindings(this.#settings, this.#context));
    this.findings.push(...notThereYetFindings(this.#settings, systemdVersion));
    new Surprises(direct, this.#document, this.#text, this.findings).check(startMode !== undefined);
  }
}

/** What a file comes to, in the end. */
export interface FileInForce {
  /** The lines that count where the file lies, and that no later one takes back. */
  readonly settings: FileSettings;
  /** What the machine runs, as far as the file says. */
  readonly startMode: 'boot' | 'pid1' | 'pid2' | undefined;
  /** systemd does not start a machine with this file, so nothing of it counts. */
  readonly isRefused: boolean;
}

export interface Judgement extends FileInForce {
  /** In the order of the text. */
  readonly findings: readonly Finding[];
}

/** The one place that says which lines of a file count: what is found wrong with it rests on that, and so does all that is made of it. */
export const judgeNspawn = (document: ConfigDocument, text: string, context: Context): Judgement => {
  const check = new NspawnCheck(document, text, context);
  check.run();
  return { ...check.inForce, findings: check.findings.sort((a, b) => a.start - b.start) };
};

/**
 * Everything that is wrong with a `.nspawn` file, in the order of the text. What stands behind a line for which systemd
 * refuses the whole file is not judged, as systemd does not come so far.
 */
export const checkNspawn = (document: ConfigDocument, text: string, context: Context): readonly Finding[] =>
  judgeNspawn(document, text, context).findings;

/** What of a `.nspawn` file counts at its place, for those who start a machine with it and know no grammar. */
export const settingsInForce = (text: string, context: Context): SettingsInForce => {
  const { settings, isRefused } = judgeNspawn(parseNspawn(text), text, context);
  return {
    refused: isRefused,
    // An ownership alone decides, too: it turns user namespaces off.
    decidesUsers: !isRefused && (settings.last('PrivateUsers') !== undefined || ownershipEntry(settings) !== undefined),
  };
};

/** Of the settings that do not go together, those that only a call by hand refuses are warnings. */
const isByHandOnly = ({ rule, severity }: Finding): boolean =>
  severity === 'warning' && refusalRules.some(({ id }) => id === rule);

/** The findings that say why a machine does not start with that file, whatever the user or a comment wants to hear of them. */
export const startObstacles = (document: ConfigDocument, text: string, context: Context): readonly Finding[] =>
  judgeNspawn(document, text, context).findings.filter(
    (finding) => finding.effect === 'file-refused' || (finding.effect === 'start-refused' && !isByHandOnly(finding)),
  );
