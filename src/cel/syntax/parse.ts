import type { Ast, Issue } from "../ast/index.ts";
import { expressionOf } from "./builder.ts";
import { NOWHERE } from "./lines.ts";
import type { Syntax } from "./syntax.ts";
import { treeOf } from "./tree.ts";
import { Stop, Workpiece } from "./workpiece.ts";

/** In code points (cel-go, parser/parser.go: `NewParser`). */
const LONGEST_EXPRESSION = 100_000;

/** What a text was read as: the tree of an expression, or what is wrong with it, in cel-go's words and order. */
export type Parsed = { readonly ast: Ast } | { readonly issues: readonly Issue[] };

/**
 * Reads an expression as cel-go v0.26.0 does in the API server: the same tree with the same places, macros expanded, or the same
 * issues. Length and depth are limited, so that any text is read or refused fast.
 */
export function parse(text: string, syntax: Syntax): Parsed {
  // The API server sees no halves of surrogate pairs either: JSON that has them is read so.
  const work = new Workpiece(text.toWellFormed());
  const size = work.lines.codePoints.length;
  if (size > LONGEST_EXPRESSION) {
    work.report(NOWHERE, `expression code point size exceeds limit: size: ${size}, limit ${LONGEST_EXPRESSION}`);
    return { issues: work.issues };
  }
  try {
    const expression = expressionOf(treeOf(work), work, syntax);
    if (work.issues.length > 0) return { issues: work.issues };
    return { ast: { source: work.source, expression, offsets: work.offsets } };
  } catch (error) {
    if (error instanceof Stop) return { issues: work.issues };
    throw error;
  }
}
