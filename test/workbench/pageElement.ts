/**
 * The little of the browser's DOM that functions running in the page need. TypeScript's own DOM types stay out, because
 * they would put `window` and `document` into the scope of every file that runs in Node.
 */
export interface PageElement {
  readonly textContent: string;
  readonly className: string;
  readonly ownerDocument: {
    readonly defaultView: { getComputedStyle(element: PageElement): { readonly color: string } };
  };
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { readonly top: number };
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}
