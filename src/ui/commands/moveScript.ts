/**
 * Constant text for `sh -c`, run as root. Parameters: the sentence for a target that is there, the new file, the target, the
 * directory of the old file, which one that was when the user was asked (`stat -c %d:%i`), the name of the old file, the
 * sentence for another directory. The old file goes only when the new one is in its place, and out of the directory that the
 * script is in: whoever may rename what is above it cannot have another file meant.
 */
export const moveScript = `
if [ -e "$3" ] || [ -L "$3" ]; then
  printf '%s\\n' "$1" >&2
  exit 17
fi
if ! cd -P -- "$4" || [ "$(stat -c %d:%i .)" != "$5" ]; then
  printf '%s\\n' "$7" >&2
  exit 18
fi
install -D --mode=0644 --no-target-directory -- "$2" "$3" && rm -f -- "./$6"
`;
