/** One thing that systemd-nspawn said about a settings file. */
export interface Message {
  /** The line that it speaks of; undefined for what is not about one. */
  readonly line?: number;
  readonly text: string;
}

/** What systemd-nspawn said about a settings file; nothing was started. */
export interface Verdict {
  /** What it said about lines; a line may have several. */
  readonly messages: readonly (Message & { readonly line: number })[];
  /** The line where it gave up, and took nothing of the file. */
  readonly refusedAt?: number;
  /** Why it would not start a machine with settings that do not go together. */
  readonly verify?: string;
  /** What else it said: that the directory is empty, which is how a file without such a conflict ends. */
  readonly others: readonly string[];
}

/** The functions of systemd-nspawn that look at all settings together. */
const verifiers = ['verify_arguments', 'custom_mount_check_all'];

/** The functions that give up on a whole file, with the words in front of which they put the line. */
const readers = ['config_parse'];

/**
 * Fields of a record in the journal's own format; a value with a newline comes as a length and bytes.
 * @see https://systemd.io/JOURNAL_NATIVE_PROTOCOL/
 */
export const readRecord = (record: Buffer): ReadonlyMap<string, string> => {
  const fields = new Map<string, string>();
  let at = 0;
  while (at < record.length) {
    const newline = record.indexOf(10, at);
    const end = newline < 0 ? record.length : newline;
    const equals = record.indexOf(61, at);
    if (equals >= 0 && equals < end) {
      fields.set(record.toString('latin1', at, equals), record.toString('utf8', equals + 1, end));
      at = end + 1;
      continue;
    }
    if (end + 9 > record.length) break;
    const length = Number(record.readBigUInt64LE(end + 1));
    fields.set(record.toString('latin1', at, end), record.toString('utf8', end + 9, end + 9 + length));
    at = end + 9 + length + 1;
  }
  return fields;
};

const lineInText = /^\/tmp\/m\.nspawn:(\d+): /;

/** Makes a verdict of the records of one run. */
export const verdictOf = (records: readonly Buffer[]): Verdict => {
  const messages: { line: number; text: string }[] = [];
  const others: string[] = [];
  const found: { refusedAt?: number; verify?: string } = {};
  for (const record of records) {
    const fields = readRecord(record);
    const text = fields.get('MESSAGE') ?? '';
    const source = fields.get('CODE_FUNC') ?? '';
    const line = fields.get('CONFIG_LINE') ?? lineInText.exec(text)?.[1];
    if (verifiers.includes(source)) found.verify ??= text;
    else if (line === undefined) others.push(text);
    else if (readers.includes(source)) found.refusedAt ??= Number(line);
    else messages.push({ line: Number(line), text: text.replace(lineInText, '') });
  }
  return { messages, others, ...found };
};
