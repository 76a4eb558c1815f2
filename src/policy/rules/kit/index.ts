/** What a rule is made of. */
export { byCel, type CelEach, type CelFinding, EACH_ANNOTATION, EACH_LABEL, EACH_PORT, type RuleInCel } from "./cel.ts";
export { CLEANUP_CONTROLLERS } from "./cleanup-controllers.ts";
export { onceAReview } from "./once-a-review.ts";
export {
  type BadExample,
  defineRule,
  type Example,
  type MessageTemplate,
  placeholdersIn,
  type ReferenceCheck,
  renderTemplate,
  type Rule,
  type RuleCheck,
  type RuleContext,
  type StatusPart,
  type Violation,
} from "./rule.ts";
export {
  ANNOTATIONS,
  hasClusterIP,
  isExternalName,
  isLoadBalancer,
  LABELS,
  METADATA,
  ownValue,
  portsOf,
  SOURCE_RANGES,
  SPEC,
  STATUS,
} from "./service-paths.ts";
export { type Surroundings, surroundingsOf } from "./surroundings.ts";
