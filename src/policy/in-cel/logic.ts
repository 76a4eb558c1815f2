/** The text of a CEL expression. */
export type Cel = string;

export const TRUE: Cel = "true";
export const FALSE: Cel = "false";

/** Whether all of the expressions hold. */
export function and(...parts: readonly Cel[]): Cel {
  const open = parts.filter((part) => part !== TRUE);
  if (open.includes(FALSE)) return FALSE;
  return open.length === 0 ? TRUE : open.length === 1 ? open.join("") : open.map(asConjunct).join(" && ");
}

/** Whether one of the expressions holds. */
export function or(...parts: readonly Cel[]): Cel {
  const open = parts.filter((part) => part !== FALSE);
  if (open.includes(TRUE)) return TRUE;
  return open.length === 0 ? FALSE : open.length === 1 ? open.join("") : open.map(asPart).join(" || ");
}

/** Whether the expression does not hold. */
export function not(part: Cel): Cel {
  if (part === TRUE) return FALSE;
  if (part === FALSE) return TRUE;
  if (part.startsWith("!") && isTerm(part.slice(1))) return part.slice(1);
  return isTerm(part) ? `!${part}` : `!(${part})`;
}

/** The first of two values if the condition holds, else the second. */
export function choose(condition: Cel, one: Cel, other: Cel): Cel {
  if (condition === TRUE) return one;
  if (condition === FALSE) return other;
  return `${asPart(condition)} ? ${asPart(one)} : ${asPart(other)}`;
}

/** In parentheses, unless `&&` around it changes nothing. */
function asConjunct(part: Cel): Cel {
  return / (\|\||\?) /.test(outside(part)) ? `(${part})` : part;
}

/** In parentheses, unless it binds more tightly than `&&` and `||`: one relation, or a term. */
function asPart(part: Cel): Cel {
  return / (\|\||&&|\?) /.test(outside(part)) ? `(${part})` : part;
}

/** Whether nothing in the text can be torn apart by an operator before it. */
function isTerm(part: Cel): boolean {
  return /^[\w.]+$/.test(outside(part)) || /^\(\)$/.test(outside(part));
}

/** The text without what stands in parentheses, brackets, braces and quotes; of those, `()` is left for a term. */
function outside(part: Cel): string {
  let depth = 0;
  let text = "";
  for (const [piece] of part.matchAll(/"(?:[^"\\]|\\.)*"|[^"]/g)) {
    if (piece.length === 1 && "([{".includes(piece)) depth++;
    else if (piece.length === 1 && ")]}".includes(piece)) depth--;
    else if (depth === 0) text += piece.startsWith('"') ? "s" : piece;
  }
  return text;
}
