/** Places in a text: where a finding points, and the lines around it. */
export { regionOf } from "./finding-region.ts";
export { FILE_START, frameOf, LONGEST_FRAME_LINE } from "./frame.ts";
export { locationOf, missingText } from "./location.ts";
export { ManifestDuplicates } from "./manifest-duplicates.ts";
export { ManifestIndex } from "./manifest-index.ts";
export { misreadingText, MisreadScalars } from "./misread-scalars.ts";
export { type LocatedText, ServiceText } from "./service-text.ts";
