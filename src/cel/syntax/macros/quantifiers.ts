import {
  ADD,
  CONDITIONAL,
  EQUALS,
  type Expression,
  LOGICAL_AND,
  LOGICAL_NOT,
  LOGICAL_OR,
  NOT_STRICTLY_FALSE,
} from "../../ast/index.ts";
import type { Expansion, Fold } from "./expansion.ts";

/** The part of a fold that says whether the elements that are `matching` are as many as asked for. */
export type Quantifier = (
  make: Expansion,
  matching: Expression,
) => Pick<Fold, "initial" | "condition" | "step" | "result">;

/** Ends at the first that is false; errors count only if there is none. */
const all: Quantifier = (make, matching) => ({
  initial: make.literal(true),
  condition: make.call(NOT_STRICTLY_FALSE, make.accumulator()),
  step: make.call(LOGICAL_AND, make.accumulator(), matching),
  result: make.accumulator(),
});

/** Ends at the first that is true; errors count only if there is none. */
const exists: Quantifier = (make, matching) => ({
  initial: make.literal(false),
  condition: make.call(NOT_STRICTLY_FALSE, make.call(LOGICAL_NOT, make.accumulator())),
  step: make.call(LOGICAL_OR, make.accumulator(), matching),
  result: make.accumulator(),
});

/** Counts; any error is the result. */
const existsOne: Quantifier = (make, matching) => ({
  initial: make.literal(0n),
  condition: make.literal(true),
  step: make.call(CONDITIONAL, matching, make.call(ADD, make.accumulator(), make.literal(1n)), make.accumulator()),
  result: make.call(EQUALS, make.accumulator(), make.literal(1n)),
});

/** By the names of their macros, which exist with one variable and with two. */
export const QUANTIFIERS: Readonly<Record<string, Quantifier>> = { all, exists, exists_one: existsOne, existsOne };
