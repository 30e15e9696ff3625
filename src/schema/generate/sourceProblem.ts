/** Something in the sources, or on the way to them, that a person has to look at; its message says what to do. */
export class SourceProblem extends Error {}
