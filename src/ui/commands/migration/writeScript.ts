/**
 * Constant text for `sh -c`: the sentence for a target that is there, as a format of printf(1), and how
 * many of the pairs replace a file, then the pairs of a source and a target.
 */
export const writeScript = `
umask 022
there=$1
replaced=$2
shift 2
while [ $# -gt 0 ]; do
  mkdir -p -- "$(dirname -- "$2")" || exit
  if [ "$replaced" -gt 0 ]; then
    rm -f -- "$2"
  elif [ -e "$2" ] || [ -L "$2" ]; then
    printf "$there\\n" "$2" >&2
    exit 1
  fi
  replaced=$((replaced - 1))
  cat <"$1" >"$2" || exit
  echo "$2"
  shift 2
done`;
