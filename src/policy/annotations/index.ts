/** What controllers read of the annotations of Services: tables with their sources. */
export { ANNOTATION_MESSAGES, annotationFacts, annotationFaultText } from "./fault-texts.ts";
export { annotationFaults } from "./find-faults.ts";
export {
  EXTERNAL_CLASSES,
  INTERNAL_ANNOTATIONS,
  INTERNAL_CLASSES,
  PUBLIC_ANNOTATIONS,
} from "./internal-load-balancers.ts";
