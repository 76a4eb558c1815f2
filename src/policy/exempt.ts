import { nearestWord } from "../field/words.ts";
import type { Service } from "../service/types.ts";
import { compileGlobs } from "./match/glob.ts";
import { ruleNamed } from "./rules/registry.ts";
import type { Exemption } from "./schema/document.ts";
import { FORMATS } from "./schema/formats.ts";
import type { PolicyFinding, RequestFacts } from "./types.ts";

/** An exemption that covers a request, and whether its last day is over. */
export interface Covering {
  readonly reason: string;
  readonly expires?: string;
  readonly expired: boolean;
}

/** The exemptions of a policy, compiled. */
export interface CompiledExemption {
  readonly rules: ReadonlySet<string> | undefined;
  readonly covers: (service: Service, facts: RequestFacts) => Covering | undefined;
}

/** The name of the annotation by which a Service asks to be exempt from a rule: this and the rule's id. */
export const EXEMPT_ANNOTATION = "exempt.fairlead.dev/";

const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

type Test = (service: Service, facts: RequestFacts) => boolean;

/** A function that says whether an exemption covers a request. */
export function compileExemption(exemption: Exemption): CompiledExemption {
  const { reason, expires } = exemption;
  const tests = [...criteria(exemption)];
  return {
    rules: exemption.rules === undefined ? undefined : new Set(exemption.rules),
    covers(service, facts) {
      if (!tests.every((holds) => holds(service, facts))) return undefined;
      // Days are written so that they sort as texts do.
      return {
        reason,
        expired: expires !== undefined && facts.today > expires,
        ...(expires !== undefined && { expires }),
      };
    },
  };
}

/** Where nobody asks (in CI), nobody is exempt for who he is. */
function* criteria({ users, groups, serviceAccounts, namespaces, names }: Exemption): Iterable<Test> {
  if (users !== undefined) {
    const matches = compileGlobs(users);
    yield (_, { user }) => user !== undefined && matches(user.name);
  }
  if (groups !== undefined) {
    const matches = compileGlobs(groups);
    yield (_, { user }) => user?.groups.some(matches) ?? false;
  }
  if (serviceAccounts !== undefined) {
    const matches = compileGlobs(serviceAccounts);
    yield (_, { user }) => {
      const [, namespace, name] = SERVICE_ACCOUNT.exec(user?.name ?? "") ?? [];
      return namespace !== undefined && name !== undefined && matches(`${namespace}/${name}`);
    };
  }
  if (namespaces !== undefined) {
    const matches = compileGlobs(namespaces);
    yield (_, { namespace }) => matches(namespace);
  }
  if (names !== undefined) {
    const matches = compileGlobs(names);
    yield ({ metadata }) => matches(metadata.name ?? metadata.generateName ?? "");
  }
}

/** The first exemption that covers the rule and holds today, else the first that did; undefined if none ever covered it. */
export function coveringExemption(
  exemptions: readonly CompiledExemption[],
  rule: string,
  service: Service,
  facts: RequestFacts,
): Covering | undefined {
  let expired: Covering | undefined;
  for (const { rules, covers } of exemptions) {
    if (rules !== undefined && !rules.has(rule)) continue;
    const covering = covers(service, facts);
    if (covering?.expired === false) return covering;
    expired ??= covering;
  }
  return expired;
}

/** The exemption that covers all of the policy today, its defaults too; undefined if there is none. */
export function wholeExemption(
  exemptions: readonly CompiledExemption[],
  service: Service,
  facts: RequestFacts,
): Covering | undefined {
  for (const { rules, covers } of exemptions) {
    if (rules !== undefined) continue;
    const covering = covers(service, facts);
    if (covering?.expired === false) return covering;
  }
  return undefined;
}

/** What an annotation for the rule amounts to: an exemption, or why it is none. */
type Asked = Covering | { readonly problem: string } | undefined;

/** An annotation that names no rule, and was to name this one. */
function misspelt(rule: string, annotations: readonly string[]): Asked {
  const name = annotations.find((key) => {
    if (!key.startsWith(EXEMPT_ANNOTATION)) return false;
    const named = key.slice(EXEMPT_ANNOTATION.length);
    return ruleNamed(named) === undefined && nearestWord(named, [rule]) !== undefined;
  });
  return name === undefined ? undefined : { problem: `the annotation ${name} names no rule; did you mean "${rule}"?` };
}

/** What the Service's own annotation asks for; the policy must allow that. */
function askedByAnnotation(rule: string, service: Service, allowed: boolean, today: string): Asked {
  const annotations = service.metadata.annotations ?? {};
  const name = `${EXEMPT_ANNOTATION}${rule}`;
  const text = Object.hasOwn(annotations, name) ? annotations[name] : undefined;
  if (text === undefined) return misspelt(rule, Object.keys(annotations));
  if (!allowed) return { problem: `the policy does not let the annotation ${name} exempt anything` };
  const [reason = "", until, ...rest] = text.split(";").map((part) => part.trim());
  if (reason === "") return { problem: `the annotation ${name} must give a reason` };
  if (until === undefined) return { reason, expired: false };
  const expires = /^expires (\d{4}-\d{2}-\d{2})$/.exec(until)?.[1];
  if (expires === undefined || rest.length > 0 || !FORMATS.date.valid(expires)) {
    return { problem: `the annotation ${name} must read "REASON" or "REASON; expires YYYY-MM-DD"` };
  }
  return { reason, expires, expired: today > expires };
}

/** The finding as exemptions leave it: suppressed, or with a sentence that says why not. */
export function withExemption(
  finding: PolicyFinding,
  service: Service,
  facts: RequestFacts,
  exemptions: readonly CompiledExemption[],
  allowAnnotation: boolean,
): PolicyFinding {
  const covering = coveringExemption(exemptions, finding.rule, service, facts);
  if (covering?.expired === false) return suppressed(finding, "policy", covering);
  const asked = askedByAnnotation(finding.rule, service, allowAnnotation, facts.today);
  if (asked !== undefined && "problem" in asked)
    return { ...finding, message: `${finding.message} (${asked.problem})` };
  if (asked?.expired === false) return suppressed(finding, "annotation", asked);
  const over = covering ?? asked;
  if (over?.expires === undefined) return finding;
  return {
    ...finding,
    message: `${finding.message} (the exemption "${over.reason}" expired: its last day was ${over.expires})`,
  };
}

function suppressed(finding: PolicyFinding, by: "policy" | "annotation", { reason, expires }: Covering): PolicyFinding {
  return { ...finding, suppressed: { by, reason, ...(expires !== undefined && { expires }) } };
}
