import type { DirectiveSchema, ValueType } from '../../schema/types.ts';
import type { Entry } from '../document.ts';

/** Whether `Key=` takes back what earlier lines have set; elsewhere it does nothing, or is refused as a value. */
const isReset = (value: string, type: ValueType): boolean => {
  if (value !== '') return false;
  switch (type.kind) {
    case 'boolean':
    case 'integer':
    case 'absolutePath':
      return type.empty === 'reset';
    case 'words':
    case 'environment':
    case 'text':
    case 'architecture':
    case 'hostname':
    case 'cpuSet':
    case 'userNames':
    case 'shell':
    case 'interfaceName':
    case 'addressFamilies':
      return true;
    default:
      return false;
  }
};

/** Whether `Key=` is taken without a word and does nothing. */
const isNothing = (value: string, { kind }: ValueType): boolean =>
  (value === '' && (kind === 'capabilities' || kind === 'syscallFilter' || kind === 'interfacePairs')) ||
  // A list of no processors adds none.
  (kind === 'cpuSet' && /^[\s,"']+$/u.test(value));

/** What a line does to earlier ones of the same directive. */
export interface Effaced {
  readonly how: 'replaced' | 'reset';
  readonly entries: readonly Entry[];
}

const none: readonly Entry[] = [];

/** What the lines of a file set at the end: those that count, and that no later one takes back. */
export class FileSettings {
  readonly #lines = new Map<string, Entry[]>();

  /** Takes a line that systemd takes; returns which earlier ones do not count any more because of it. */
  take(entry: Entry, directive: DirectiveSchema, type: ValueType): Effaced | undefined {
    if (isNothing(entry.value, type)) return undefined;
    const before = this.#lines.get(directive.name);
    if (isReset(entry.value, type)) {
      this.#lines.delete(directive.name);
      return before === undefined ? undefined : { how: 'reset', entries: before };
    }
    if (before === undefined) {
      this.#lines.set(directive.name, [entry]);
      return undefined;
    }
    if (directive.repeat === 'append') {
      before.push(entry);
      return undefined;
    }
    this.#lines.set(directive.name, [entry]);
    return { how: 'replaced', entries: before };
  }

  /** As if no line had set it. */
  forget(name: string): void {
    this.#lines.delete(name);
  }

  all(name: string): readonly Entry[] {
    return this.#lines.get(name) ?? none;
  }

  /** All lines that count, in the order of the text. */
  get inOrder(): readonly Entry[] {
    return [...this.#lines.values()].flat().sort((a, b) => a.start - b.start);
  }

  last(name: string): Entry | undefined {
    return this.#lines.get(name)?.at(-1);
  }

  /** The later one of two directives that set the same thing. */
  later(one: string, other: string): Entry | undefined {
    const a = this.last(one);
    const b = this.last(other);
    if (a === undefined || b === undefined) return a ?? b;
    return a.start > b.start ? a : b;
  }
}
