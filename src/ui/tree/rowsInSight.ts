/**
 * Which rows of a list are asked for their details. VS Code does not tell what is scrolled into view: it asks for the item
 * of every row of an expanded group, a thousand at once, and for a tooltip only under the mouse. Asking machined about
 * a thousand machines takes it two seconds, and a screen holds fewer than a hundred rows (22 pixels each, 2,160 high). So
 * the first hundred of each expanded group are asked, in their order; and wherever the user hovers, selects or expands,
 * that row shows which part of a longer list is on the screen: then its neighbours are asked, fifty to each side.
 */
export const firstInSight = 100;
const neighbours = 50;

/** The rows near `index`, itself first, then by distance, so that what is looked at is answered first. */
export const rowsAround = <Row>(rows: readonly Row[], index: number): readonly Row[] => {
  const offsets = Array.from({ length: neighbours }, (_, distance) => [distance + 1, -distance - 1]).flat();
  return [0, ...offsets].flatMap((offset) => rows[index + offset] ?? []);
};
