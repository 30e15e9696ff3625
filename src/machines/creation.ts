import type { MachineFailure } from './errors.ts';
import type { Operation, OperationHost } from './operation.ts';
import type { MachineRef } from './reference.ts';

/** What a template may want to know. */
export type QuestionId = 'distribution' | 'release' | 'architecture' | 'mirror' | 'metadata' | 'fstree' | 'arguments';

export type Answers = Readonly<Partial<Record<QuestionId, string>>>;

export interface TemplateQuestion {
  readonly id: QuestionId;
  /** A word such as the name of a release, the address of a server, a file of this host, or options as they stand behind a tool. */
  readonly form: 'word' | 'address' | 'file' | 'arguments';
  readonly isOptional?: true;
  /** The likely answers, the likeliest first. */
  readonly suggestions?: readonly string[];
}

/** One way to make a machine from nothing. */
export interface Template {
  readonly name: string;
  /** In the order in which they are asked. */
  readonly questions: readonly TemplateQuestion[];
  /** What it can bring, each as the answers that name it. It may have to ask a server, which may not answer. */
  readonly list?: (host: OperationHost, signal: AbortSignal) => Promise<readonly Answers[]>;
}

/** How the files of a machine are kept. */
export type StoreKind = 'dir' | 'btrfs' | 'overlay' | 'loop' | 'lvm' | 'zfs';

export interface Store {
  readonly kind: StoreKind;
  /** Such as `2G`; absent where nobody has to say it. */
  readonly size?: string;
  /** The volume group of LVM or the dataset of ZFS in which it is made. */
  readonly within?: string;
}

export interface CreationPlan {
  readonly template: string;
  readonly answers: Answers;
  /** What stands behind the template, where it has the question `arguments`. */
  readonly args: readonly string[];
  readonly store: Store;
}

export interface Creating {
  readonly operation: Operation;
  /** What the tool has said that a person has to know, such as that there is no password yet; once it is done. */
  readonly advice: () => readonly string[];
}

/** Making machines of one kind from templates. */
export interface Creation {
  /** What is missing on this host, asked of the file system; undefined where all is there. */
  readonly unavailable: () => MachineFailure | undefined;
  /** Where new ones may be made, the likeliest first: in that of this user nothing takes a privilege. @param users other users whose machines are shown */
  readonly scopes: (users: readonly string[]) => readonly [string, ...string[]];
  /** Whether there is anything of that name, finished or not. */
  readonly isTaken: (ref: MachineRef) => boolean;
  /** At least one. @throws MachineError noTemplates */
  readonly templates: () => readonly Template[] | Promise<readonly Template[]>;
  /** What this host can do, the usual one first. */
  readonly stores: (scope: string) => readonly StoreKind[] | Promise<readonly StoreKind[]>;
  /** @param follow is told what the tool says while it works. @throws MachineError invalidName, nameTaken */
  readonly create: (
    host: OperationHost,
    ref: MachineRef,
    plan: CreationPlan,
    follow: (line: string) => void,
  ) => Creating | Promise<Creating>;
}

/** Words go into paths of files that root writes and removes, so none leads elsewhere. */
export const isAnswer = ({ form }: Pick<TemplateQuestion, 'form'>, text: string): boolean => {
  switch (form) {
    case 'word':
      return /^[A-Za-z0-9][\w.+-]{0,63}$/u.test(text);
    case 'address':
      // No `@`: a password in front of it would be in the list of processes, for everybody to read.
      return /^(https?|ftp|file):\/\/[\w.:/~%+=-]+$/u.test(text);
    case 'file':
      return text.startsWith('/') && !text.includes('\0');
    case 'arguments':
      return true;
  }
};

/** Such as `500M` or `2G`. */
export const isSize = (text: string): boolean => /^[1-9][0-9]{0,5}[MGT]$/u.test(text);

export const asksForSize = (kind: StoreKind): boolean => kind === 'loop' || kind === 'lvm';

/** What a volume group or a dataset may be called. */
export const isWithin = (text: string): boolean => /^[A-Za-z0-9][\w.+-]*(?:\/[A-Za-z0-9][\w.+-]*)*$/u.test(text);
