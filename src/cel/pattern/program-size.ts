/** What stands for one character: an escape, a class, a dot or a plain character. */
const ATOM = /\\(?:Q[\s\S]*?(?:\\E|$)|[pPx]\{[^}]*\}|[\s\S])|\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]\\])*\]|[\s\S]/y;
const REPETITION = /\{(\d+)(?:(,)(\d*))?\}/y;

/** The instructions at the ends of a group. */
const GROUP = 2;
/** A class of Unicode characters is one instruction, but one with hundreds of ranges. */
const UNICODE_CLASS = 30;

/** How often a repetition copies what it repeats. */
function copiesOf(least: string, comma: string | undefined, most: string | undefined): number {
  if (comma === undefined) return Number(least);
  return most === undefined || most === "" ? Number(least) + 1 : Number(most);
}

/**
 * About how many instructions a pattern of RE2 compiles to, without compiling it: repetitions such as `(a{99}){99}` multiply. The
 * pattern need not be valid.
 */
export function programSize(pattern: string): number {
  // The sizes of the groups that are open, and of what stands last in each.
  const groups: { size: number; last: number }[] = [];
  let group = { size: 0, last: 0 };
  let index = 0;
  const add = (size: number): void => {
    group.size += size;
    group.last = size;
  };
  while (index < pattern.length) {
    REPETITION.lastIndex = index;
    const repetition = REPETITION.exec(pattern);
    if (repetition !== null) {
      const [text, least = "", comma, most] = repetition;
      group.size += group.last * (copiesOf(least, comma, most) - 1);
      group.last *= copiesOf(least, comma, most);
      index += text.length;
      continue;
    }
    ATOM.lastIndex = index;
    const [atom = ""] = ATOM.exec(pattern) ?? [];
    index += Math.max(1, atom.length);
    if (atom === "(") {
      groups.push(group);
      group = { size: GROUP, last: 0 };
    } else if (atom === ")") {
      const { size } = group;
      group = groups.pop() ?? { size: 0, last: 0 };
      add(size);
    } else if (/^[*+?|]$/.test(atom)) group.size += 1;
    else if (/\\[pP]/.test(atom)) add(UNICODE_CLASS);
    else add(atom.startsWith("\\Q") ? atom.length : 1);
  }
  return groups.reduce((total, { size }) => total + size, group.size);
}
