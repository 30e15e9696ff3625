import { type Backends, backendOf, canBeNamed } from '../../machines/backend.ts';
import type { Image, OwnFiles } from '../../machines/image.ts';
import type { MachineDetails } from '../../machines/machine.ts';
import type { Inventory } from '../../machines/inventory.ts';
import { readRef } from '../../machines/reference.ts';
import { isAble } from './abilities.ts';
import type { Detail } from './detailRow.ts';
import {
  bootDetail,
  fileDetails,
  imageDetails,
  machineDetails,
  type NspawnFileSummary,
  runningImageDetails,
} from './details.ts';
import { failedMachineDetails } from './failedMachineRow.ts';
import { failureOfImage } from './failedUnit.ts';
import type { LazyAnswers } from './lazyAnswers.ts';
import type { DetailNode, ImageNode, MachineNode, ProblemNode } from './node.ts';
import type { L10n } from './row.ts';

type Owner = MachineNode | ImageNode;
type Line = DetailNode | ProblemNode;

/** The lines below machines and images that somebody has expanded. */
export interface OpenedRows {
  /** Never rejects: what could not be read is a line that says so. */
  linesOf(owner: Owner): Promise<readonly Line[]>;
  detailOf(node: DetailNode): Detail | undefined;
  /** What the files of what stands on the row say, where its kind has some. Never rejects. */
  filesOf(owner: Owner): Promise<OwnFiles | undefined>;
  /** Reads the lines anew when they are asked for next. */
  outdate(owner: Owner): void;
  /** The same for all. */
  outdateAll(): void;
}

export interface OpenedRowsOptions {
  readonly backends: Backends;
  readonly inventory: Pick<Inventory, 'machines' | 'images' | 'enabled' | 'failed'>;
  readonly answers: LazyAnswers<MachineDetails>;
  /** The machine that is seen on a row. */
  readonly machineOn: (owner: MachineNode | ImageNode) => string | undefined;
  /** Finds and reads the file in effect with the settings of a machine or image. @throws MachineError fileProblem */
  readonly nspawnFile: (id: string, imagePath: string | undefined) => Promise<NspawnFileSummary | undefined>;
  /** A sentence for a failure, and a place to log it. */
  readonly explain: (failure: unknown) => Promise<string>;
  readonly language: string;
  readonly l10n: L10n;
}

export const createOpenedRows = (options: OpenedRowsOptions): OpenedRows => {
  const { inventory, answers, l10n } = options;
  // Keyed by the node objects, which live as long as the tree holds them. The lines are kept because VS Code asks for them
  // again whenever the row above is drawn anew, as each minute for its running time, and that must read nothing.
  const known = { lines: new WeakMap<Owner, Promise<readonly Line[]>>() };
  const details = new WeakMap<DetailNode, Detail>();

  /** What can be done nowhere else stands in no line either. */
  const isOffered = (owner: Owner, { kind }: Detail): boolean => {
    const needed = kind === 'nspawnFile' ? 'nspawn' : kind === 'journal' ? 'journal' : undefined;
    const subject = { machine: options.machineOn(owner), image: owner.kind === 'image' ? owner.id : undefined };
    return needed === undefined || isAble(options.backends, subject, needed);
  };
  const line = (owner: Owner, detail: Detail): DetailNode => {
    const node: DetailNode = { kind: 'detail', owner, detail: detail.kind, index: detail.index };
    details.set(node, detail);
    return node;
  };
  const problems = async (owner: Owner, failures: readonly unknown[]): Promise<readonly ProblemNode[]> => {
    const message = (await Promise.all(failures.map(options.explain))).join(' ');
    return message === '' ? [] : [{ kind: 'problem', owner, message }];
  };

  /** Nothing for what cannot start at boot, because its tools do not know it or no machine can have its name. */
  const bootOf = ({ id, managed }: Image): readonly Detail[] => {
    const { backends } = options;
    const canStart =
      managed && isAble(backends, { machine: undefined, image: id }, 'enable') && canBeNamed(backends, id);
    const link = backendOf(backends, id)?.bootLink?.(readRef(id));
    return canStart ? bootDetail({ enabled: inventory.enabled.has(id), link }, l10n) : [];
  };

  const filesOf = async (owner: Owner): Promise<OwnFiles | undefined> => {
    const id = owner.kind === 'image' ? owner.id : (options.machineOn(owner) ?? owner.id);
    return backendOf(options.backends, id)?.ownFiles?.(readRef(id));
  };

  const read = async (owner: Owner): Promise<readonly Line[]> => {
    const failures: unknown[] = [];
    const runs = options.machineOn(owner);
    const image = inventory.images.get(owner.id);
    const boot = image === undefined ? [] : bootOf(image);
    const machine = runs === undefined ? undefined : inventory.machines.get(runs);
    const [file, , files] = await Promise.all([
      options
        .nspawnFile(owner.id, image?.path ?? machine?.rootDirectory)
        .catch((failure: unknown) => void failures.push(failure)),
      machine === undefined ? undefined : answers.ask(machine.id),
      filesOf(owner),
    ]);
    if (machine !== undefined) {
      const failure = answers.failure(machine.id);
      const ofMachine = machineDetails(machine, answers.get(machine.id), file ?? undefined, l10n);
      const shown =
        owner.kind === 'machine' || image === undefined
          ? ofMachine
          : runningImageDetails(ofMachine, image, machine.rootDirectory, boot, options.language);
      return [
        ...[...shown.filter((one) => isOffered(owner, one)), ...fileDetails(files, l10n)].map((detail) =>
          line(owner, detail),
        ),
        ...(await problems(owner, failure === undefined ? failures : [failure, ...failures])),
      ];
    }
    if (owner.kind === 'machine' || image === undefined) {
      const failure = owner.kind === 'machine' ? inventory.failed.get(owner.id) : undefined;
      const below = failure === undefined ? [] : failedMachineDetails(failure, options.language, l10n);
      return below.map((detail) => line(owner, detail));
    }
    const failed = failureOfImage(inventory.failed, image);
    const shown = imageDetails(image, file ?? undefined, { boot, failed }, options.language, l10n);
    return [
      ...[...shown.filter((one) => isOffered(owner, one)), ...fileDetails(files, l10n)].map((detail) =>
        line(owner, detail),
      ),
      ...(await problems(owner, failures)),
    ];
  };

  return {
    linesOf: (owner) => {
      const lines = known.lines.get(owner) ?? read(owner);
      known.lines.set(owner, lines);
      return lines;
    },
    detailOf: (node) => details.get(node),
    filesOf,
    outdate: (owner) => void known.lines.delete(owner),
    outdateAll: () => {
      known.lines = new WeakMap();
    },
  };
};
