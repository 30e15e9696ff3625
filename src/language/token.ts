import type { Span } from './document.ts';

/** What a grammar cannot know about a part of a text, in the words of the language server protocol. */
export type TokenType =
  /** What does not count. */
  | 'comment'
  | 'property'
  /** A word out of a fixed set. */
  | 'enumMember'
  | 'function'
  /** A name that stands for several others. */
  | 'macro';

export interface Token extends Span {
  readonly type: TokenType;
  readonly deprecated?: true;
}
