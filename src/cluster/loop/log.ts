/** The part of a logger that the cluster's side writes to: facts, then a sentence. */
export interface Log {
  info(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
}
