import type { Checkpoint } from "../../field/index.ts";
import type { PolicyContext } from "../model/index.ts";

/** The checkpoint for an evaluation of one policy: that of the judgement, and that of the policy's own time. */
export function expressionCheckpoint({ checkpoint, limitExpressions }: PolicyContext): Checkpoint | undefined {
  const own = limitExpressions?.();
  if (own === undefined || checkpoint === undefined) return own ?? checkpoint;
  return () => {
    checkpoint();
    own();
  };
}
