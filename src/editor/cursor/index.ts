/** Where an offset of a text is, whether the text parses or not. */
export { documentAt, isOnSeparator } from "./document-sketch.ts";
export {
  type DocumentSketch,
  entryNamed,
  nodeAt,
  scalarAt,
  type SketchEntry,
  type SketchItem,
  type SketchList,
  type SketchMap,
  type SketchNode,
  type SketchScalar,
} from "./sketch.ts";
export { lineBreakOf, lineStart } from "./scanner.ts";
export type { KeySpot, OpenSpot, Spot, ValueSpot } from "./spot.ts";
export { spotsAt } from "./spots.ts";
export { type Subject, subjectAt, type SubjectKind } from "./subject.ts";
