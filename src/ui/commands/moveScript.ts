/**
 * Constant text for `sh -c`, run as root. Parameters: the sentence for a target that is there, the new file, the target, the
 * old file, which goes only when the new one is in its place.
 */
export const moveScript = `
if [ -e "$3" ] || [ -L "$3" ]; then
  printf '%s\\n' "$1" >&2
  exit 17
fi
install -D --mode=0644 --no-target-directory -- "$2" "$3" && rm -f -- "$4"
`;
