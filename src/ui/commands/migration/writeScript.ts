/** Constant text for `sh -c`: pairs of a source and a target, behind how many of them replace a file. */
export const writeScript = `
umask 022
replaced=$1
shift
while [ $# -gt 0 ]; do
  mkdir -p -- "$(dirname -- "$2")" || exit
  if [ "$replaced" -gt 0 ]; then
    rm -f -- "$2"
  elif [ -e "$2" ] || [ -L "$2" ]; then
    echo "$2 is there already" >&2
    exit 1
  fi
  replaced=$((replaced - 1))
  cat <"$1" >"$2" || exit
  echo "$2"
  shift 2
done`;
