/** A line of the file in which the extension host reports. */
export type TestResult =
  | { readonly kind: 'passed'; readonly title: string }
  | { readonly kind: 'failed'; readonly title: string; readonly stack: string }
  | { readonly kind: 'end' };
