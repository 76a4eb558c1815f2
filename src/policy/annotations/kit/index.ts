/** What the tables of annotations are made of. */
export type { AnnotationReader } from "./reader.ts";
export {
  ANY_CASE_BOOLEAN,
  DURATION,
  EXACT_BOOLEAN,
  GO_BOOLEAN,
  INTEGER,
  JSON_TEXT,
  list,
  OBJECT_NAME,
  PAIRS,
  PAIRS_OR_KEYS,
  PORT,
  TEXT,
  type ValueKind,
  word,
  wordInAnyCase,
} from "./value-kinds.ts";
export { accepts, expectation } from "./values.ts";
