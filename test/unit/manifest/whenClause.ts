/** The part of VS Code's when-clauses that we use; anything else does not parse, which is what the test is for. */
export type When =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly When[] }
  | { readonly kind: 'not'; readonly part: When }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'equals'; readonly key: string; readonly value: string }
  | { readonly kind: 'matches'; readonly key: string; readonly pattern: RegExp };

const token = /\s*(?:(&&|\|\||==|!=|=~|!|\(|\))|(\/(?:\\.|[^/\\])+\/[a-z]*)|([\w.:-]+))/uy;

const tokensOf = (text: string): string[] => {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new Error(`cannot read ${JSON.stringify(text.slice(at))} in ${JSON.stringify(text)}`);
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return tokens;
};

/** @throws Error on what is no when-clause */
export const parseWhen = (text: string): When => {
  const tokens = tokensOf(text);
  const expect = (wanted: RegExp): string => {
    const next = tokens.shift() ?? '';
    if (!wanted.test(next)) throw new Error(`${JSON.stringify(next)} is out of place in ${JSON.stringify(text)}`);
    return next;
  };
  const single = (): When => {
    if (tokens[0] === '!') {
      tokens.shift();
      return { kind: 'not', part: single() };
    }
    if (tokens[0] === '(') {
      tokens.shift();
      const inner = either();
      expect(/^\)$/u);
      return inner;
    }
    const key = expect(/^[\w.:-]+$/u);
    switch (tokens[0]) {
      case '==':
        tokens.shift();
        return { kind: 'equals', key, value: expect(/^[\w.:-]+$/u) };
      case '!=':
        tokens.shift();
        return { kind: 'not', part: { kind: 'equals', key, value: expect(/^[\w.:-]+$/u) } };
      case '=~': {
        tokens.shift();
        const [, pattern, flags] = /^\/(.*)\/([a-z]*)$/u.exec(expect(/^\/.*\/[a-z]*$/u)) ?? [];
        return { kind: 'matches', key, pattern: new RegExp(pattern ?? '', flags) };
      }
      default:
        return { kind: 'key', key };
    }
  };
  const chain = (kind: 'and' | 'or', operator: string, part: () => When): When => {
    const parts = [part()];
    while (tokens[0] === operator) {
      tokens.shift();
      parts.push(part());
    }
    const [first] = parts;
    return parts.length === 1 && first !== undefined ? first : { kind, parts };
  };
  const both = (): When => chain('and', '&&', single);
  const either = (): When => chain('or', '||', both);
  const when = either();
  if (tokens.length > 0) throw new Error(`${JSON.stringify(tokens[0])} is too much in ${JSON.stringify(text)}`);
  return when;
};

/** Every comparison in a clause. */
export const leaves = (when: When): readonly Extract<When, { readonly key: string }>[] => {
  switch (when.kind) {
    case 'and':
    case 'or':
      return when.parts.flatMap(leaves);
    case 'not':
      return leaves(when.part);
    default:
      return [when];
  }
};

/** Whether a clause holds; a key that is not given is undefined, as in VS Code. */
export const holds = (when: When, context: Readonly<Record<string, string | boolean>>): boolean => {
  switch (when.kind) {
    case 'and':
      return when.parts.every((part) => holds(part, context));
    case 'or':
      return when.parts.some((part) => holds(part, context));
    case 'not':
      return !holds(when.part, context);
    case 'key':
      return Boolean(context[when.key]);
    case 'equals':
      return String(context[when.key]) === when.value;
    case 'matches':
      return typeof context[when.key] === 'string' && when.pattern.test(String(context[when.key]));
  }
};
