import type { Service } from "../service/types.ts";
import type { Asked } from "./exempt-annotations.ts";
import { coveringExemption, type CompiledExemption, type Covering } from "./exempt.ts";
import type { PolicyFinding, RequestFacts } from "./types.ts";

/** How the findings of one rule are changed by exemptions, which are the same for all of them. */
type Exempting = (finding: PolicyFinding) => PolicyFinding;

/** What exemptions make of the findings of a rule: suppressed, or with a sentence that says why not. */
export function exempting(
  rule: string,
  service: Service,
  facts: RequestFacts,
  exemptions: readonly CompiledExemption[],
  asked: Asked,
): Exempting {
  const covering = coveringExemption(exemptions, rule, service, facts);
  if (covering?.expired === false) return suppressing("policy", covering);
  if (asked !== undefined && "problem" in asked) return adding(asked.problem);
  if (asked?.expired === false) return suppressing("annotation", asked);
  const over = covering ?? asked;
  if (over?.expires === undefined) return (finding) => finding;
  return adding(`the exemption "${over.reason}" expired: its last day was ${over.expires}`);
}

function suppressing(by: "policy" | "annotation", { reason, expires }: Covering): Exempting {
  const suppressed = { by, reason, ...(expires !== undefined && { expires }) };
  return (finding) => ({ ...finding, suppressed });
}

function adding(remark: string): Exempting {
  return (finding) => ({ ...finding, message: `${finding.message} (${remark})` });
}
