import type { Service } from "../../service/schema/index.ts";
import { compileGlobs } from "../match/index.ts";
import type { RequestFacts } from "../model/index.ts";
import type { Exemption } from "../schema/index.ts";

/** An exemption that covers a request, and whether it has expired. */
export interface ActiveExemption {
  readonly reason: string;
  readonly expires?: string;
  readonly expired: boolean;
}

/** A compiled exemption of a policy. */
export interface CompiledExemption {
  /** The ids of the rules that it is limited to; undefined for the whole policy. */
  readonly rules: ReadonlySet<string> | undefined;
  readonly covers: (service: Service, facts: RequestFacts) => ActiveExemption | undefined;
}

const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

type Test = (service: Service, facts: RequestFacts) => boolean;

/** Compiles an exemption of a policy. */
export function compileExemption(exemption: Exemption): CompiledExemption {
  const { reason, expires } = exemption;
  const tests = [...criteria(exemption)];
  return {
    rules: exemption.rules === undefined ? undefined : new Set(exemption.rules),
    covers(service, facts) {
      if (!tests.every((holds) => holds(service, facts))) return undefined;
      // Dates in the form YYYY-MM-DD compare correctly as strings.
      return {
        reason,
        expired: expires !== undefined && facts.today > expires,
        ...(expires !== undefined && { expires }),
      };
    },
  };
}

/** The tests that must all hold. Without a user (in CI), tests on users, groups and service accounts do not hold. */
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

/** The first unexpired exemption that covers the rule, else the first expired one; undefined if none covers it. */
export function coveringExemption(
  exemptions: readonly CompiledExemption[],
  rule: string,
  service: Service,
  facts: RequestFacts,
): ActiveExemption | undefined {
  let expired: ActiveExemption | undefined;
  for (const { rules, covers } of exemptions) {
    if (rules !== undefined && !rules.has(rule)) continue;
    const covering = covers(service, facts);
    if (covering?.expired === false) return covering;
    expired ??= covering;
  }
  return expired;
}

/** The unexpired exemption that covers the whole policy, including its defaults; undefined if there is none. */
export function policyExemption(
  exemptions: readonly CompiledExemption[],
  service: Service,
  facts: RequestFacts,
): ActiveExemption | undefined {
  for (const { rules, covers } of exemptions) {
    if (rules !== undefined) continue;
    const covering = covers(service, facts);
    if (covering?.expired === false) return covering;
  }
  return undefined;
}
