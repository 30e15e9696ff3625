/** A text of about so many characters; `salt` makes it one that was not read before. */
export type NastyText = (size: number, salt: number) => string;

export const repeated =
  (unit: string, before = '', after = ''): NastyText =>
  (size, salt) =>
    before.replaceAll('§', String(salt)) +
    unit.replaceAll('§', String(salt)).repeat(Math.ceil(size / unit.length)) +
    after;

/** Like `repeated`, but each has its number at `%N`. */
export const counted =
  (unit: string, before = '', after = ''): NastyText =>
  (size, salt) => {
    const parts: string[] = [before];
    const count = Math.ceil(size / (unit.length + 3));
    for (let index = 0; index < count; index++)
      parts.push(unit.replaceAll('%N', String(index)).replaceAll('§', String(salt)));
    return parts.join('') + after;
  };

/** A word of half the length at `LONG`, and `unit` again and again for the other half: what is said of each may hold the word. */
export const longThenMany =
  (before: string, unit: string, after = ''): NastyText =>
  (size, salt) =>
    counted(unit, before.replaceAll('LONG', 'l'.repeat(size / 2)), after)(size / 2, salt);

export type Texts = Readonly<Record<string, NastyText>>;

/** What is strange in every file type. */
export const anyType: Texts = {
  'one word': repeated('a'),
  blanks: repeated(' '),
  'blanks behind a word': repeated(' ', 'a'),
  'blanks between words': repeated(' ', 'a', 'a'),
  tabs: repeated('\t', 'a\t', 'x y z'),
  'line ends': repeated('\n'),
  'line ends behind a word': repeated('\n', 'a b', '\nc d'),
  'carriage returns': repeated('\r'),
  'both line ends': repeated('\r\n', 'a b c\r\n', 'a b c'),
  NULs: repeated('\0'),
  'line ends of three kinds': repeated('\n\r\0'),
  'NULs and words': repeated('a\0b '),
  backslashes: repeated('\\'),
  'backslashes at line ends': repeated('\\\n'),
  'words and backslashes at line ends': repeated('a\\\n'),
  'backslashes at carriage returns': repeated('a\\\r\n'),
  quotes: repeated('"'),
  'single quotes': repeated("'"),
  'words in quotes': repeated('"a" '),
  'an open quote': repeated('a ', '"'),
  'tabs in an open quote': repeated('\t', '"a'),
  'lines in an open quote': repeated('a\n', 'a "b'),
  'opening braces': repeated('{'),
  'closing braces': repeated('}'),
  'braces of both kinds': repeated('{}'),
  'brackets that open': repeated('['),
  'brackets that close': repeated(']'),
  'lines with a bracket': repeated('[\n'),
  'lines with a bracket and text': repeated('[a] b\n'),
  'equals signs': repeated('='),
  'lines of equals signs': repeated('=\n'),
  semicolons: repeated(';'),
  'lines of semicolons': repeated(';\n'),
  hashes: repeated('#'),
  'blanks and hashes': repeated(' #', 'a b c'),
  'lines of hashes': repeated('#\n'),
  comments: repeated('# a comment\n'),
  'comments apart': repeated('# a comment\n\n'),
  'blanks in a comment': repeated(' ', '# a', 'b'),
  commas: repeated(','),
  colons: repeated(':'),
  'words and commas': counted('a%N,'),
  'words and colons': counted('a%N:'),
  'words and blanks': counted('a%N '),
  'lines of words': counted('a%N b c\n'),
  'equal lines of words': repeated('a b c\n'),
  emoji: repeated('😀'),
  umlauts: repeated('ü '),
  'lines of umlauts': repeated('ü ü ü\n'),
  surrogates: repeated('\udc80'),
  'lines of surrogates': repeated('a \udc80 b\n'),
  'byte order marks': repeated('\uFEFF'),
  'separators of lines': repeated('\u2028'),
  'empty ignore comments': repeated('# nspawn-lint: ignore\n'),
  'ignore comments for the file': counted('# nspawn-lint: ignore-file rule-%N\n'),
  'ignore comments of a known rule for the file': repeated('# nspawn-lint: ignore-file ignore-unused\n', 'a\n'),
  'one ignore comment with many names': counted('rule-%N ', '# nspawn-lint: ignore '),
  'one ignore comment with one name': repeated('ignore-unused ', '# nspawn-lint: ignore '),
  'blanks in an ignore comment': repeated(' ', '# nspawn-lint: ignore ', '-'),
  'blanks before an ignore mark': repeated(' ', '#', 'nspawn-lint: ignore x'),
  'reasons in an ignore comment': repeated(' -', '# nspawn-lint: ignore a'),
};

export const findingsIgnored = (line: string, rule: string): Texts => ({
  'many findings ignored one by one': repeated(`# nspawn-lint: ignore ${rule}\n${line}\n`),
});

const nspawn: Texts = {
  'a value with continuations': repeated('a\\\n', '[Exec]\nEnvironment='),
  'a long value with continuations': repeated(`${'abc '.repeat(20)}\\\n`, '[Exec]\nParameters='),
  'system calls with continuations': repeated('read \\\n', '[Exec]\nSystemCallFilter='),
  'wrong system calls with continuations': counted('cal%N \\\n', '[Exec]\nSystemCallFilter='),
  'capabilities with continuations': repeated('CAP_CHOWN \\\n', '[Exec]\nCapability='),
  'variables with continuations': counted('A%N=b \\\n', '[Exec]\nEnvironment='),
  'comments between continuations': repeated('# c\n', '[Exec]\nParameters=a \\\n', 'b\n'),
  'ignore comments between continuations': repeated(
    'a \\\n# nspawn-lint: ignore x\n',
    '[Exec]\nParameters=a \\\n',
    'b',
  ),
  'a key with continuations': repeated('a\\\n', '[Exec]\n', '=b'),
  'a header with continuations': repeated('a\\\n', '[', ']'),
  'a note behind a value with continuations': repeated('a\\\n', '[Exec]\nParameters=a # b'),
  'a word over continuations': repeated('\\\n', '[Exec]\nParameters=a'),
  'blanks in continuations': repeated('  \\\n', '[Exec]\nParameters=a'),
  'many assignments with continuations': repeated('Environment=a \\\n b\n', '[Exec]\n'),
  sections: repeated('[Exec]\n'),
  'sections on lines with blanks': repeated('[Exec]\n\n'),
  'sections of unknown names': counted('[A%N]\na=b\n'),
  'sections of the same unknown name': repeated('[a§]\na=b\n'),
  'sections of mistakes': repeated('[Exec]\nabc\n'),
  'sections behind mistakes': (size, salt) =>
    repeated('abc\n', '[Exec]\n')(size / 2, salt) + repeated('[Exec]\n')(size / 2, salt),
  'sections with comments between': repeated('[Exec]\n# c\n\n'),
  'comments below a section': repeated('# c\n', '[Exec]\nBoot=yes\n', '[Files]\nBind=/a\n'),
  'comments of assignments below a section': repeated('#a=b\n', '[Exec]\nBoot=yes\n', '[Files]\nBind=/a\n'),
  'blank lines and comments below sections': repeated('[Exec]\nBoot=yes\n\n#c\n\n#d\n'),
  'one long header': repeated('a', '[', ']'),
  'long open header': repeated('] #', '[Exec'),
  'blanks in a header': repeated(' ', '[', ']'),
  'a long section name with many keys': longThenMany('[LONG]\n', 'a%N=b\n'),
  'a long section name with many words': longThenMany('[LONG]\n', 'abc\n'),
  'a long variable with many that reset': longThenMany('[Exec]\nEnvironment=LONG=a\n', 'Environment=\n'),
  'a long path with many below': longThenMany('[Files]\nBind=/LONG\nTemporaryFileSystem=/\n', 'Bind=/a%N\n'),
  'a long command with many starts': longThenMany('[Exec]\nParameters=LONG\n', 'Boot=yes\nProcessTwo=no\n'),
  'equal keys': repeated('Boot=yes\n', '[Exec]\n'),
  'keys in turn': repeated('Boot=yes\nProcessTwo=yes\n', '[Exec]\n'),
  'starts taken back': repeated('Boot=yes\nBoot=no\n', '[Exec]\n'),
  'keys that differ': counted('Boot%N=yes\n', '[Exec]\n'),
  'keys of another section': repeated('Boot=yes\n', '[Files]\n'),
  'keys of another section with that section in parts': repeated('Bind=/a\n[Files]\n[Exec]\n', '[Exec]\n'),
  'long keys': repeated('abcdefghij', '[Exec]\n', '=yes'),
  'keys with blanks': repeated(' ', '[Exec]\nBoot', '=yes'),
  'blanks behind a key': repeated('Boot     =     yes     \n', '[Exec]\n'),
  'lists that are reset': repeated('Environment=A=b\nEnvironment=\n', '[Exec]\n'),
  'lists that are added to': counted('Environment=A%N=b\n', '[Exec]\n'),
  'list added to and reset at the end': counted('Environment=A%N=b\n', '[Exec]\n', 'Environment=\n'),
  'binds that differ': counted('Bind=/a%N\n', '[Files]\n'),
  'binds of one place': repeated('Bind=/a:/b\n', '[Files]\n'),
  'binds below one another': counted('Bind=/a%N:/b/%N\nTemporaryFileSystem=/b\n', '[Files]\n'),
  'volatile and binds': counted('Bind=/a%N:/usr\nVolatile=yes\n', '[Files]\n'),
  'ports that differ': counted('Port=%N\n', '[Network]\n'),
  'ports that are equal': repeated('Port=80\n', '[Network]\nVirtualEthernet=yes\n'),
  'capabilities one a line': repeated('Capability=CAP_CHOWN\nDropCapability=CAP_CHOWN\n', '[Exec]\n'),
  'system calls one a line': repeated('SystemCallFilter=read\nSystemCallFilter=~read\n', '[Exec]\n'),
  'interfaces that differ': counted('Interface=eth%N\n', '[Network]\n'),
  'interface pairs': counted('MACVLAN=eth%N\n', '[Network]\n'),
  'machine settings that clash': repeated('[Exec]\nPrivateUsers=yes\n[Files]\nPrivateUsersChown=yes\n'),
  'assignments outside of a section': repeated('Boot=yes\n'),
  'notes behind values': counted('Parameters=a%N # note\n', '[Exec]\n'),
  'many fixes': counted('boot=%N\n', '[Exec]\n'),
  'fixes that move lines': counted('Bind=/%N\n', '[Exec]\n', '[Files]\nBind=/x\n'),
  'many findings of a file next to ignore comments': (size, salt) =>
    counted('abc%N=1\n', '[Exec]\n')(size / 2, salt) + counted('# nspawn-lint: ignore unknown-key\n')(size / 2, salt),
  ...findingsIgnored('abc=1', 'unknown-key'),
  'one subject with many ignore comments and findings': (size, salt) =>
    '[Exec]\nSystemCallFilter=' + counted('cal%N \\\n# nspawn-lint: ignore unknown-system-call\n')(size, salt),
};

/** Shapes for which something once needed time that grows with the square, or may. */
export const nastyNspawnTexts: Texts = { ...anyType, ...nspawn };
