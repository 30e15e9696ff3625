import type { GroupFile } from './groupFile.ts';

/** All of a file that findings in other files depend on, as one text to compare: everything but where it stands. */
export const factsOf = ({ name, blocks, destinations, mountedTogether, movesGroups }: GroupFile): string =>
  JSON.stringify([
    name,
    blocks.map(({ keyword, name: block, controllers }) => [
      keyword,
      block,
      controllers.map((controller) => [controller.name, controller.entries.map(({ key, value }) => [key, value])]),
    ]),
    destinations.map(({ text, key, controllers, ignores }) => [
      text,
      key,
      controllers.map((controller) => controller.name),
      ignores,
    ]),
    mountedTogether,
    movesGroups,
  ]);
