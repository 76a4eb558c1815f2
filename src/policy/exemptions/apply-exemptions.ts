import type { Service } from "../../service/schema/index.ts";
import type { PolicyFinding, RequestFacts } from "../model/index.ts";
import type { AnnotationExemption } from "./annotation-exemptions.ts";
import { type ActiveExemption, type CompiledExemption, coveringExemption } from "./policy-exemptions.ts";

/** Applies exemptions to a finding; the same for all findings of one rule. */
type ApplyExemption = (finding: PolicyFinding) => PolicyFinding;

/**
 * Returns a function that applies exemptions to the findings of one rule: it marks them as suppressed, or adds to their
 * messages why an exemption has no effect. An exemption of the policy takes precedence over an annotation.
 */
export function applyExemptions(
  rule: string,
  service: Service,
  facts: RequestFacts,
  exemptions: readonly CompiledExemption[],
  byAnnotation: AnnotationExemption,
): ApplyExemption {
  const covering = coveringExemption(exemptions, rule, service, facts);
  if (covering?.expired === false) return suppressing("policy", covering);
  if (byAnnotation !== undefined && "problem" in byAnnotation) return addingRemark(byAnnotation.problem);
  if (byAnnotation?.expired === false) return suppressing("annotation", byAnnotation);
  const expired = covering ?? byAnnotation;
  if (expired?.expires === undefined) return (finding) => finding;
  return addingRemark(`the exemption "${expired.reason}" expired: its last day was ${expired.expires}`);
}

function suppressing(by: "policy" | "annotation", { reason, expires }: ActiveExemption): ApplyExemption {
  const suppressed = { by, reason, ...(expires !== undefined && { expires }) };
  return (finding) => ({ ...finding, suppressed });
}

function addingRemark(remark: string): ApplyExemption {
  return (finding) => ({ ...finding, message: `${finding.message} (${remark})` });
}
